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
package io.cameldatabricks.architecture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The rules of the house as data, for any base package, so that they can be tried on planted violations. */
final class HouseRules {

    /** Which room may import which; the frame, in the base package itself, may import all of them. */
    static final Map<String, Set<String>> ROOMS = Map.ofEntries(
            Map.entry("error", Set.of()),
            Map.entry("sql", Set.of("error")),
            Map.entry("result", Set.of("error")),
            Map.entry("connect", Set.of("auth", "error")),
            Map.entry("statement", Set.of("error")),
            Map.entry("retry", Set.of("error")),
            Map.entry("auth", Set.of("error")),
            Map.entry("source", Set.of("auth", "connect", "error")),
            Map.entry("pool", Set.of("connect", "auth", "error")),
            Map.entry("event", Set.of("statement", "error")),
            Map.entry("repository", Set.of("statement", "error")),
            Map.entry("repository.memory", Set.of("repository", "statement", "error")),
            Map.entry("repository.jdbc", Set.of("repository", "statement", "error")),
            Map.entry("client", Set.of("statement", "result", "sql", "retry", "error")),
            Map.entry(
                    "client.sea",
                    Set.of("client", "volume", "statement", "result", "sql", "auth", "connect", "retry", "error")),
            // the driver carries the same API in one of its modes, whose answers client.sea reads
            Map.entry(
                    "client.jdbc",
                    Set.of("client", "client.sea", "statement", "result", "sql", "pool", "connect", "retry", "error")),
            Map.entry("thread", Set.of("retry", "error")),
            Map.entry("volume", Set.of()),
            Map.entry("ingest", Set.of("volume", "sql", "retry", "error")),
            Map.entry("poll", Set.of("ingest", "sql", "error")),
            Map.entry("execute", Set.of("event", "pool", "sql", "result", "statement", "error")),
            Map.entry(
                    "workspace",
                    Set.of(
                            "auth",
                            "client",
                            "client.jdbc",
                            "client.sea",
                            "connect",
                            "error",
                            "event",
                            "execute",
                            "pool",
                            "retry",
                            "statement",
                            "thread",
                            "track",
                            "volume",
                            "watch")),
            Map.entry(
                    "store",
                    Set.of(
                            "deliver",
                            "error",
                            "event",
                            "repository",
                            "repository.jdbc",
                            "repository.memory",
                            "retry",
                            "source",
                            "statement",
                            "thread",
                            "track",
                            "workspace")),
            Map.entry("outcome", Set.of("client", "deliver", "error", "execute", "statement")),
            Map.entry("body", Set.of("execute", "result", "ingest", "volume", "sql", "error")),
            Map.entry("watch", Set.of("client", "repository", "statement", "event", "retry", "error")),
            Map.entry("track", Set.of("event", "watch", "client", "repository", "statement", "retry", "error")),
            Map.entry("deliver", Set.of("repository", "statement", "retry", "error")),
            Map.entry("observe", Set.of("event", "statement", "error", "pool", "retry", "repository")));

    private static final Set<String> DOORS = Set.of(
            "WarehouseDataSource",
            "PhysicalConnection",
            "ComputeProbe",
            "DriverAnswer",
            "SubmittedAnswer",
            "DriverCells",
            "SdkTokenSource",
            "TokenTransport",
            "AuthAttribute",
            "SeaRequests",
            "SeaJson",
            "DriverSession",
            "ConnectionTarget",
            "DriverSql",
            "SeaProtocol",
            "ThriftProtocol",
            "ThriftColumns",
            "SubmitConnections",
            "SessionGuard");

    private static final Set<String> NAMES_OF_NOTHING = Set.of("Helper", "Util", "Utils", "Manager", "Impl");

    private HouseRules() {}

    /** All rules by name. */
    static Map<String, ArchRule> of(String base) {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        ROOMS.keySet().stream().sorted().forEach(room -> rules.put("imports of " + room, imports(base, room)));
        rules.put(
                "every room is in the table",
                classes().that().resideInAPackage(base + "..").should().resideInAnyPackage(packages(base)));
        rules.put("no cycles", slices().matching(base + ".(*)..").should().beFreeOfCycles());
        rules.put(
                "no Camel in rooms",
                noClasses()
                        .that()
                        .resideInAPackage(base + ".*..")
                        .and()
                        // health checks, consoles and spans are Camel's, and so are streams that end with an exchange
                        .resideOutsideOfPackages(base + ".observe", base + ".body")
                        .should()
                        .dependOnClassesThat(describe(
                                "are Camel's, but for the interface that shows health checks an HTTP status",
                                type -> type.getPackageName().startsWith("org.apache.camel")
                                        && !type.getName().equals("org.apache.camel.spi.HttpResponseAware"))));
        rules.put(
                "only the exceptions know Camel's interface of HTTP statuses",
                noClasses()
                        .that()
                        .resideInAPackage(base + ".*..")
                        .and(describe("are not DatabricksException", type -> !named(type, "DatabricksException")))
                        .should()
                        .dependOnClassesThat(describe("are HttpResponseAware", type -> type.getName()
                                .equals("org.apache.camel.spi.HttpResponseAware"))));
        rules.put("messages are read in two classes and written in two", messages(base));
        rules.put(
                "bodies are given, not looked for",
                noClasses().that().resideInAPackage(base + ".body").should().callMethodWhere(headersAndBodies()));
        rules.put(
                "tokens are revealed to the driver only",
                noClasses()
                        .that(describe(
                                // the token of a connection string is one of the options
                                "are neither DriverConnection, LoginBearer, ComputeProbe nor ExplicitOptions",
                                type -> !named(type, "DriverConnection")
                                        && !named(type, "LoginBearer")
                                        && !named(type, "ComputeProbe")
                                        && !named(type, "ExplicitOptions")))
                        .should()
                        .callMethodWhere(call(
                                "a token's reveal",
                                call -> call.getTarget()
                                                .getOwner()
                                                .getSimpleName()
                                                .equals("AccessToken")
                                        && call.getName().equals("reveal"))));
        rules.put(
                "the driver's own classes have their doors",
                noClasses()
                        .that(describe("are no door", type -> DOORS.stream().noneMatch(door -> named(type, door))))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("com.databricks.."));
        rules.put("no sleeping", noCall("Thread.sleep", Thread.class.getName(), Set.of("sleep")));
        rules.put(
                "no wall clock",
                noClasses()
                        .should()
                        .callMethodWhere(call(
                                "the wall clock",
                                call -> owner(call).equals("java.lang.System")
                                                && call.getName().equals("currentTimeMillis")
                                        || owner(call).startsWith("java.time.")
                                                && call.getName().equals("now")
                                                && call.getTarget()
                                                        .getRawParameterTypes()
                                                        .isEmpty())));
        rules.put("no java.util.logging", noClasses().should().callMethodWhere(call("java.util.logging", call -> owner(
                        call)
                .startsWith("java.util.logging."))));
        rules.put(
                "no standard streams",
                noClasses()
                        .should()
                        .accessFieldWhere(accessed(
                                "System.out and System.err",
                                access -> access.getTargetOwner().isEquivalentTo(System.class)
                                        && !access.getName().equals("in"))));
        rules.put("names say something", classes().should(new ArchCondition<>("not be called Helper and the like") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                NAMES_OF_NOTHING.stream()
                        .filter(type.getSimpleName()::endsWith)
                        .forEach(word ->
                                events.add(SimpleConditionEvent.violated(type, type.getName() + " ends with " + word)));
            }
        }));
        return rules;
    }

    private static ArchRule imports(String base, String room) {
        List<String> forbidden = new ArrayList<>();
        forbidden.add(base);
        ROOMS.keySet().stream()
                .filter(other -> !other.equals(room) && !ROOMS.get(room).contains(other))
                .map(other -> base + "." + other)
                .forEach(forbidden::add);
        return noClasses()
                .that()
                .resideInAPackage(base + "." + room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.toArray(String[]::new))
                .allowEmptyShould(true);
    }

    private static ArchRule messages(String base) {
        return noClasses()
                .that()
                .resideInAPackage(base)
                .and(describe(
                        "are neither reader nor writer",
                        type -> !named(type, "ExchangeReader")
                                && !named(type, "IngestReader")
                                && !named(type, "ExchangeWriter")
                                && !named(type, "IngestWriter")))
                .should()
                .callMethodWhere(headersAndBodies());
    }

    private static DescribedPredicate<JavaMethodCall> headersAndBodies() {
        Set<String> methods = Set.of(
                "getHeader",
                "getHeaders",
                "setHeader",
                "setHeaders",
                "removeHeader",
                "removeHeaders",
                "getBody",
                "getMandatoryBody",
                "setBody");
        return call(
                "headers and bodies",
                call -> call.getTargetOwner().isAssignableTo("org.apache.camel.Message")
                        && methods.contains(call.getName()));
    }

    private static ArchRule noCall(String what, String owner, Set<String> methods) {
        return noClasses()
                .should()
                .callMethodWhere(call(what, call -> owner(call).equals(owner) && methods.contains(call.getName())));
    }

    private static String[] packages(String base) {
        List<String> packages = new ArrayList<>();
        packages.add(base);
        ROOMS.keySet().forEach(room -> packages.add(base + "." + room));
        return packages.toArray(String[]::new);
    }

    private static boolean named(JavaClass type, String simpleName) {
        return type.getName().matches(".*\\." + simpleName + "(\\$.*)?");
    }

    private static String owner(JavaMethodCall call) {
        return call.getTargetOwner().getName();
    }

    private static DescribedPredicate<JavaMethodCall> call(String description, Predicate<JavaMethodCall> predicate) {
        return describe(description, predicate);
    }

    private static DescribedPredicate<JavaFieldAccess> accessed(
            String description, Predicate<JavaFieldAccess> predicate) {
        return describe(description, predicate);
    }
}
