/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.cameldatabricks.examples.quickstart;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;

/** The quickstart's own routes and statements, with their answers compared cell by cell. */
class TpchAnswersIT {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.create();

    @TempDir
    Path data;

    @Test
    void shouldAnswerAsPlainJavaDoesAtASmallScale() throws Exception {
        double scaleFactor = 0.01;
        ReferenceAnswers reference = new ReferenceAnswers(scaleFactor);

        answersAt(scaleFactor, (q01, q03, q06) -> {
            reference.q01(90).assertSameAs(q01);
            reference.q03("BUILDING", LocalDate.of(1995, 3, 15)).assertSameAs(q03);
            reference.q06(LocalDate.of(1994, 1, 1), 6, 24).assertSameAs(q06);
        });
    }

    @Test
    @Tag("tpch-sf1")
    void shouldGiveThePublishedAnswersAtScaleFactorOne() throws Exception {
        answersAt(1, (q01, q03, q06) -> {
            PublishedAnswers.of("q01").assertSameAs(q01);
            PublishedAnswers.of("q03").assertSameAs(q03);
            PublishedAnswers.of("q06").assertSameAs(q06);
        });
    }

    private void answersAt(double scaleFactor, Check check) throws Exception {
        TpchData.write(data, scaleFactor);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            Main main = Quickstart.connect(warehouse);
            main.configure().addRoutesBuilder(new TpchLoad(data));
            main.configure().addRoutesBuilder(new TpchRoutes(out));
            main.start();
            try (ProducerTemplate template = main.getCamelContext().createProducerTemplate()) {
                template.requestBody("direct:load", (Object) null);
                check.accept(rows(template, "q01"), rows(template, "q03"), rows(template, "q06"));
            } finally {
                main.stop();
            }
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Query 1, pricing summary report", "l_returnflag  l_linestatus", "Query 6");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(ProducerTemplate template, String query) {
        return template.requestBody("direct:" + query, null, List.class);
    }

    private interface Check {
        void accept(List<Map<String, Object>> q01, List<Map<String, Object>> q03, List<Map<String, Object>> q06);
    }
}
