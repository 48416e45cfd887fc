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
package io.cameldatabricks.examples.springboot;

import java.net.URI;
import java.util.Map;
import java.util.UUID;

import org.apache.camel.ProducerTemplate;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import static io.cameldatabricks.component.DatabricksConstants.CORRELATION_ID;
import static io.cameldatabricks.component.DatabricksConstants.PARAMETERS;

/** Orders for reports. The caller gets an answer as soon as the statement is submitted, and asks again for its rows. */
@RestController
@RequestMapping("/reports")
class ReportController {

    private final ProducerTemplate template;
    private final FinishedReports finished;

    ReportController(ProducerTemplate template, FinishedReports finished) {
        this.template = template;
        this.finished = finished;
    }

    @PostMapping
    ResponseEntity<Map<String, String>> order(@RequestParam(defaultValue = "1000000") long orders) {
        String id = UUID.randomUUID().toString();
        template.requestBodyAndHeaders(
                "direct:submit", null, Map.of(CORRELATION_ID, id, PARAMETERS, Map.of("report", id, "orders", orders)));
        return ResponseEntity.accepted().location(URI.create("/reports/" + id)).body(Map.of("id", id));
    }

    @GetMapping("/{id}")
    ResponseEntity<FinishedReports.Report> look(@PathVariable String id) {
        return finished.find(id).map(ResponseEntity::ok).orElseGet(() -> ResponseEntity.accepted()
                .build());
    }
}
