mod dates;
