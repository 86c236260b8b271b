-- SPDX-License-Identifier: MIT
-- steady.lua - for wrk: each connection waits between two requests, so that the load is
-- steady (100 a second for each connection at most) and a leak is a straight line.
--
--     wrk -t1 -c10 -d10s -s bench/serve/steady.lua http://127.0.0.1:8080/op
--     wrk -t1 -c10 -d45m -s bench/serve/steady.lua http://127.0.0.1:8080/op -- 450

local wait = 10 -- ms

function init(args)
    wait = tonumber(args[1]) or wait
end

function delay()
    return wait
end
