package com.example.reports;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

public class Hello extends RouteBuilder {

    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new Hello());
        main.configure().withDurationMaxMessages(1);        // one message, then the end
        main.run();
    }

    @Override
    public void configure() {
        from("timer:hello?repeatCount=1")
            .setHeader("name", constant("Databricks"))
            .to("databricks:hello?query=SELECT concat('Hello, ', :name) AS greeting, current_date() AS day")
            .log("${body}");
    }
}
