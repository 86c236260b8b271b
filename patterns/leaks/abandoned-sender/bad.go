package main

func op(s *scene, i uint64) uint64 {
	answer := make(chan uint64)

	go replicaAnswer(i, answer)
	return s.answerOrGiveUp(i, answer)
}
