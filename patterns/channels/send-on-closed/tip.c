/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .title = "The receiver closes the channel",
    .folklore = "When you have what you wanted, close the channel: then the senders know that "
                "they can stop.",
    .rule = "Close says \"no more will be sent\", so only a sender can say it, and of several "
            "only the last. A receiver that wants no more says so on another way: a context or a "
            "channel of its own that senders select on.",
    .go_line = "for range shards { go func() { hits <- find() }() }; first := <-hits; "
               "close(hits) // late senders panic",
    .when_not = "A channel that only one task sends to has its owner; it closes, and no count is "
                "needed. A channel that nobody ranges over need not be closed at all: give it "
                "room for all senders, and drop it.",
    .aged = "Unchanged since Go 1: a send on a closed channel panics, also one that was waiting "
            "when the close came. Proposals to make it return an error, or to let receivers "
            "close (golang/go#21985, #44407), were not taken up.",
    .dial = OPS,
    .points = { 4, 64 },
    .dial_unit = "requests",
    .claims = {
        { .column = "outcome", .bad = PANICS, .good = IS_OK,
          .why = "two of three shards still have to send when the receiver closes" },
        { .column = "tasks", .bad = NOTHING, .good = FLAT,
          .why = "the shards end, all of them" },
    },
    .scene_bytes = sizeof(struct scene),
};
