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
package io.cameldatabricks.testinfra.server.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.server.fault.FaultTarget;
import io.cameldatabricks.testinfra.server.model.ServerClock;
import io.cameldatabricks.testinfra.server.model.ServerStatement;
import io.cameldatabricks.testinfra.server.model.StatementResult;
import io.cameldatabricks.testinfra.server.model.StatementState;
import io.cameldatabricks.testinfra.server.model.StatementStore;

/** The results' store behind the links. Like the real ones it refuses a request that brings another authorization. */
final class LinkRoutes {

    private static final String XML = "application/xml";

    private final StatementStore statements;
    private final ServerClock clock;
    private final LinkSigner signer;

    LinkRoutes(StatementStore statements, ServerClock clock, LinkSigner signer) {
        this.statements = statements;
        this.clock = clock;
        this.signer = signer;
    }

    void addTo(Router router) {
        router.add("GET", "/results/{id}/{chunk}", Router.Access.OPEN, CallKind.DOWNLOAD, this::target, this::download);
    }

    private FaultTarget target(ApiCall call) {
        String sql = statements
                .find(call.pathVariable("id"))
                .map(statement -> statement.request().sql())
                .orElse(null);
        return FaultTarget.of(CallKind.DOWNLOAD, null, sql);
    }

    private void download(ApiCall call) {
        if (call.header("Authorization") != null) {
            refuse(call, 400, "InvalidArgument", "Only one auth mechanism allowed");
            return;
        }
        String id = call.pathVariable("id");
        int chunk;
        long expires;
        try {
            chunk = Integer.parseInt(call.pathVariable("chunk"));
            expires = Long.parseLong(only(call, "expires"));
        } catch (NumberFormatException e) {
            refuse(call, 403, "AccessDenied", "Access Denied");
            return;
        }
        if (!signer.verify(id, chunk, expires, only(call, "signature"))) {
            refuse(call, 403, "SignatureDoesNotMatch", "The signature does not match the request.");
        } else if (clock.instant().getEpochSecond() >= expires) {
            refuse(call, 403, "AccessDenied", "Request has expired");
        } else {
            send(call, id, chunk);
        }
    }

    private void send(ApiCall call, String id, int index) {
        ServerStatement statement = statements.find(id).orElse(null);
        byte[] payload = null;
        if (statement != null && statement.snapshot().state() == StatementState.SUCCEEDED) {
            StatementResult result = statement.result();
            payload = result.read(result.chunks().get(index));
        }
        if (payload == null) {
            refuse(call, 404, "NoSuchKey", "The specified key does not exist.");
        } else {
            call.answer(200, payload, "binary/octet-stream");
        }
    }

    private static String only(ApiCall call, String parameter) {
        Map<String, List<String>> query = call.query();
        return query.getOrDefault(parameter, List.of("")).get(0);
    }

    private static void refuse(ApiCall call, int status, String code, String message) {
        String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                + "</Message></Error>";
        call.answer(status, xml.getBytes(StandardCharsets.UTF_8), XML);
    }
}
