# The commands of docs/tutorial.adoc, in their order; TutorialCommandsTest runs them.

# tag::install[]
mvn -q install -DskipTests -pl camel-databricks -am
# end::install[]

# tag::warehouse[]
mvn -q -Drun=warehouse "-Dwarehouse.options=--port 8081 --token tutorial"
# end::warehouse[]

# tag::folders[]
mkdir -p reports/src/main/java/com/example/reports reports/src/main/resources/sql
cd reports
# end::folders[]

# tag::hello[]
mvn -q compile exec:exec -Dmain=com.example.reports.Hello
# end::hello[]

# tag::reports[]
mvn -q compile exec:exec -Dmain=com.example.reports.Reports
# end::reports[]

# tag::small[]
echo 1000 > requests/small.txt
# end::small[]

# tag::show-small[]
cat reports/small.csv
# end::show-small[]

# tag::large[]
echo 20000 > requests/large.txt
# end::large[]

# tag::kill[]
kill -9 $(pgrep -f "$PWD.*com\.example\.reports\.Reports")
# end::kill[]

# tag::show-large[]
cat reports/large.csv
# end::show-large[]
