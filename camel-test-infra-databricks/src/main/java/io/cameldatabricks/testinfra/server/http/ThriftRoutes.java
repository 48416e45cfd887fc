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

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Supplier;

import io.cameldatabricks.testinfra.server.fault.FaultTarget;
import io.cameldatabricks.testinfra.server.model.StatementStore;
import io.cameldatabricks.testinfra.server.thrift.Caller;
import io.cameldatabricks.testinfra.server.thrift.GoneException;
import io.cameldatabricks.testinfra.server.thrift.QueueFullException;
import io.cameldatabricks.testinfra.server.thrift.ThriftCall;
import io.cameldatabricks.testinfra.server.thrift.ThriftService;

/** The Thrift service on the HTTP paths of SQL warehouses and of all-purpose clusters. */
final class ThriftRoutes {

    static final String CONTENT_TYPE = "application/x-thrift";

    private static final System.Logger LOG = System.getLogger(ThriftRoutes.class.getName());

    private final Supplier<ThriftService> maker;
    private final WarehouseRoutes warehouses;
    private final StatementStore statements;
    private final StatementAnswer answers;
    private volatile ThriftService service;

    /** @param maker called once, by the first call: the classes that the service needs are many */
    ThriftRoutes(
            Supplier<ThriftService> maker,
            WarehouseRoutes warehouses,
            StatementStore statements,
            StatementAnswer answers) {
        this.maker = maker;
        this.warehouses = warehouses;
        this.statements = statements;
        this.answers = answers;
    }

    void addTo(Router router) {
        add(router, "/sql/1.0/warehouses/{compute}");
        add(router, "/sql/1.0/endpoints/{compute}");
        add(router, "/sql/protocolv1/o/{organization}/{compute}");
    }

    private void add(Router router, String path) {
        router.add("POST", path, null, this::target, this::handle);
    }

    /** Gives up operations that nobody asks after. */
    void giveUpIdle() {
        if (service != null) {
            service.giveUpIdle();
        }
    }

    private FaultTarget target(ApiCall call) throws IOException {
        ThriftCall thrift = read(call);
        String sql = thrift.operationId() == null
                ? thrift.statement()
                : statements
                        .find(thrift.operationId())
                        .map(statement -> statement.request().sql())
                        .orElse(null);
        return FaultTarget.of(thrift.kind(), thrift.sessionId(), sql);
    }

    private static ThriftCall read(ApiCall call) throws IOException {
        ThriftCall thrift;
        try {
            thrift = ThriftCall.read(call.body());
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(e.getMessage());
        } catch (NoClassDefFoundError e) {
            LOG.log(Level.ERROR, "The jar of the Databricks JDBC driver is not on the class path", e);
            throw new ApiException(
                    501,
                    "NOT_IMPLEMENTED",
                    "The local warehouse was built without Thrift: build camel-test-infra-databricks with Maven again.");
        }
        call.logBody(thrift.text());
        return thrift;
    }

    private void handle(ApiCall call) throws IOException {
        ThriftCall thrift = read(call);
        String compute = call.pathVariable("compute");
        warehouses.use(compute);
        Duration life = call.faults().linkLife();
        StatementAnswer.Links links = new StatementAnswer.Links(
                warehouses.baseUrl(call.header("Host")), life == null ? StatementAnswer.LINK_LIFE : life);
        Caller caller = new Caller(
                compute,
                call.header("User-Agent"),
                call.faults().result(),
                (statement, chunk) -> answers.link(statement, chunk, links));
        try {
            ThriftService.Answer answer = service().answer(thrift, caller);
            answer.bytes().whenComplete((bytes, failure) -> send(call, bytes, failure));
            answer.then().run();
        } catch (GoneException e) {
            call.answerHeader("X-Thriftserver-Error-Message", e.getMessage());
            throw ApiException.doesNotExist(e.getMessage());
        } catch (QueueFullException e) {
            throw new ApiException(429, "RESOURCE_EXHAUSTED", e.getMessage());
        }
    }

    private ThriftService service() {
        if (service == null) {
            synchronized (this) {
                if (service == null) {
                    service = maker.get();
                }
            }
        }
        return service;
    }

    private static void send(ApiCall call, byte[] bytes, Throwable failure) {
        if (failure == null) {
            call.answer(200, bytes, CONTENT_TYPE);
        } else {
            LOG.log(Level.ERROR, "Failed to answer a Thrift call", failure);
            call.error(new ApiException(500, "INTERNAL_ERROR", "The local warehouse failed; its log says why."));
        }
    }
}
