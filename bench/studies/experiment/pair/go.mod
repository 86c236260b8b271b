module pair

go 1.15
