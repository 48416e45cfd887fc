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

import java.util.Collection;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The page of Camel's developer console, as HTML: made of the JSON that the console gives. */
@RestController
class ConsolePage {

    private static final String STYLE = """
            body { font: 14px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: #1b2a33 }
            h1 { font-size: 1.4rem } h2 { font-size: 1.05rem; margin-top: 1.8rem }
            table { border-collapse: collapse; width: 100% }
            th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid #dde4e8; white-space: nowrap }
            th { font-weight: 600; color: #5a6b75 } .number, th.number { text-align: right; font-variant-numeric: tabular-nums }
            code { font-size: .85em } .none { color: #8a979e } .state { border-radius: 3px; padding: 0 .35rem; background: #e8eef1 }
            .DEAD, .LOST { background: #fbdcd6 } .DELIVERED { background: #dcefe0 }
            """;

    private final CamelContext context;

    ConsolePage(CamelContext context) {
        this.context = context;
    }

    @GetMapping(path = "/console", produces = MediaType.TEXT_HTML_VALUE)
    String show() {
        DevConsoleRegistry consoles = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
        DevConsole console = consoles.resolveById("databricks");
        StringBuilder page = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta http-equiv=\"refresh\" content=\"2\"><title>Databricks console</title><style>");
        page.append(STYLE).append("</style></head><body>");
        Map<?, ?> answer = (Map<?, ?>) console.call(DevConsole.MediaType.JSON, Map.of());
        for (Object component : (Collection<?>) answer.get("components")) {
            component(page, (Map<?, ?>) component);
        }
        return page.append("</body></html>").toString();
    }

    private static void component(StringBuilder page, Map<?, ?> component) {
        page.append("<h1>Component ").append(text(component.get("component"))).append("</h1><p>");
        page.append(text(component.get("takenAt"))).append("</p>");
        for (Object name : (Collection<?>) component.get("names")) {
            name(page, (Map<?, ?>) name);
        }
        table(page, "Pools", component.get("pools"), "label", "open", "most", "inUse", "waiting", "queued");
        table(page, "Rate limiters", component.get("limiters"), "workspace", "rate", "waiting", "refusals");
        table(page, "Last errors", component.get("errors"), "at", "where", "what", "error", "errorCode", "statementId");
    }

    private static void name(StringBuilder page, Map<?, ?> name) {
        page.append("<h2>Handles of ").append(text(name.get("name"))).append("</h2><p>");
        ((Map<?, ?>) name.get("counts")).forEach((state, count) -> page.append("<span class=\"state ")
                .append(text(state))
                .append("\">")
                .append(text(state))
                .append("</span> ")
                .append(text(count))
                .append(" &nbsp; "));
        page.append("kept in ").append(text(name.get("kept"))).append(", ");
        page.append(text(name.get("watched"))).append(" watched by this process</p>");
        table(
                page,
                null,
                name.get("oldest"),
                "state",
                "key",
                "statementId",
                "serverState",
                "intendedAt",
                "deliveries",
                "reason");
    }

    private static void table(StringBuilder page, String title, Object rows, String... columns) {
        if (title != null) {
            page.append("<h2>").append(title).append("</h2>");
        }
        if (((Collection<?>) rows).isEmpty()) {
            page.append("<p class=\"none\">none</p>");
            return;
        }
        page.append("<table><tr>");
        for (String column : columns) {
            boolean number = ((Map<?, ?>) ((Collection<?>) rows).iterator().next()).get(column) instanceof Number;
            page.append(number ? "<th class=\"number\">" : "<th>")
                    .append(column)
                    .append("</th>");
        }
        page.append("</tr>");
        for (Object row : (Collection<?>) rows) {
            page.append("<tr>");
            for (String column : columns) {
                Object value = ((Map<?, ?>) row).get(column);
                page.append(value instanceof Number ? "<td class=\"number\">" : "<td>")
                        .append(value instanceof Double number ? String.format("%.1f", number) : text(value))
                        .append("</td>");
            }
            page.append("</tr>");
        }
        page.append("</table>");
    }

    private static String text(Object value) {
        // times to the second
        return value == null
                ? ""
                : HtmlUtils.htmlEscape(value.toString().replaceAll("(?<=T\\d\\d:\\d\\d:\\d\\d)\\.\\d+(?=Z)", ""));
    }
}
