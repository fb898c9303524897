-- Where does a number come from? Every row names its publication, place, file and line.
SELECT
    method_name, variant, task, metric, value_printed, unit, publication, doi, locator,
    read_how, second_reading, file, line
FROM results
WHERE method = 'hyenadna' AND benchmark = 'genomic-benchmarks'
ORDER BY task, file, line
