package com.example.reports;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

public class Reports extends RouteBuilder {

    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new Reports());
        main.run();
    }

    @Override
    public void configure() {
        // a file in the folder "requests" asks for a report
        from("file:requests")
            .log("submit ${header.CamelFileName}")
            .setHeader("report", simple("${file:name.noext}"))
            .setHeader("size").body(String.class, text -> Integer.parseInt(text.strip()))
            .to("databricks:reports?operation=SUBMIT&carryHeaders=report&query=classpath:sql/report.sql")
            .log("submitted as ${header.CamelDatabricksStatementId}");

        // when it is done, it is a file in the folder "reports"
        from("databricks:reports?outputType=CSV")
            .to("file:reports?fileName=${header.report}.csv")
            .log("report ${header.report} has arrived, delivery ${header.CamelDatabricksDeliveryCount}");
    }
}
