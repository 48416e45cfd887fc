# tag::run[]
camel run reports.camel.yaml application.properties --dep=mvn:io.cameldatabricks:camel-databricks:0.1.0-SNAPSHOT
# end::run[]
