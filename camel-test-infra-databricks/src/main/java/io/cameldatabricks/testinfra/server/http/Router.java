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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.server.fault.FaultTarget;

/** Finds what answers a request by its method and path; {@code {name}} in a path takes any one segment. */
final class Router {

    /** The end of a template that takes any segments, at least one. */
    private static final String REST = "**";

    private final List<Route> routes = new ArrayList<>();

    /** Answers a request now, or keeps the call and answers later. */
    interface Handler {
        void handle(ApiCall call) throws IOException;
    }

    /** Who may use a route. */
    enum Access {
        /** Anybody with the token. */
        TOKEN,
        /** Anybody; the route looks after itself. */
        OPEN
    }

    /** Tells faults what a call is about. */
    interface Classifier {
        FaultTarget target(ApiCall call) throws IOException;
    }

    /**
     * @param kind known from the address alone, or null when the body tells it or when no fault is to meet the route
     * @param classifier tells what a call is about, or null when no fault is to meet the route
     * @param streaming true when the handler reads the body itself, piece by piece
     */
    record Route(
            String method,
            String[] path,
            Access access,
            CallKind kind,
            Classifier classifier,
            Handler handler,
            boolean streaming) {}

    record Match(Route route, Map<String, String> variables) {}

    /** A route that no fault meets. */
    void add(String method, String path, Access access, Handler handler) {
        routes.add(new Route(method, segments(path), access, null, null, handler, false));
    }

    /** A route that no fault meets. */
    void add(String method, String path, Handler handler) {
        add(method, path, Access.TOKEN, handler);
    }

    /** A route whose calls are all of one kind and about no statement. */
    void add(String method, String path, Access access, CallKind kind, Handler handler) {
        routes.add(new Route(method, segments(path), access, kind, call -> FaultTarget.of(kind), handler, false));
    }

    /** @param kind the kind of all its calls, or null when their bodies tell it */
    void add(String method, String path, Access access, CallKind kind, Classifier classifier, Handler handler) {
        routes.add(new Route(method, segments(path), access, kind, classifier, handler, false));
    }

    /** As above, for those with the token. */
    void add(String method, String path, CallKind kind, Classifier classifier, Handler handler) {
        add(method, path, Access.TOKEN, kind, classifier, handler);
    }

    /** A route for every path below one. */
    void addBelow(String method, String prefix, Access access, CallKind kind, Classifier classifier, Handler handler) {
        add(method, prefix + "/" + REST, access, kind, classifier, handler);
    }

    /** The same, for calls with bodies of any size, which the handler reads piece by piece. */
    void addStreaming(
            String method, String prefix, Access access, CallKind kind, Classifier classifier, Handler handler) {
        routes.add(new Route(method, segments(prefix + "/" + REST), access, kind, classifier, handler, true));
    }

    /** @return null when nothing answers such a request */
    Match match(String method, String path) {
        String[] segments = segments(path);
        for (Route route : routes) {
            if (route.method().equals(method) && fits(route.path(), segments)) {
                return new Match(route, variables(route.path(), segments));
            }
        }
        return null;
    }

    private static String[] segments(String path) {
        int from = path.startsWith("/") ? 1 : 0;
        int to = path.endsWith("/") && path.length() > from ? path.length() - 1 : path.length();
        return path.substring(from, to).split("/", -1);
    }

    private static boolean fits(String[] template, String[] segments) {
        int fixed = template.length;
        if (template[fixed - 1].equals(REST)) {
            fixed--;
            if (segments.length <= fixed) {
                return false;
            }
        } else if (fixed != segments.length) {
            return false;
        }
        for (int i = 0; i < fixed; i++) {
            boolean variable = template[i].startsWith("{");
            if (variable ? segments[i].isEmpty() : !template[i].equals(segments[i])) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> variables(String[] template, String[] segments) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < template.length; i++) {
            if (template[i].startsWith("{")) {
                variables.put(template[i].substring(1, template[i].length() - 1), segments[i]);
            }
        }
        return variables;
    }
}
