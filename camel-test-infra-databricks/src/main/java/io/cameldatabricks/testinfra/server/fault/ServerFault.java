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
package io.cameldatabricks.testinfra.server.fault;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.cameldatabricks.testinfra.fault.CallKind;

/** An active fault: which calls it meets, how many it has met, and what it does to them. Confined to the registry's lock. */
final class ServerFault {

    private final String id;
    private final Set<CallKind> kinds;
    private final Pattern statement;
    private final Pattern path;
    private final FaultAction action;
    private int toSkip;
    private int left;
    private int hits;

    /** @throws IllegalArgumentException when a field cannot be understood */
    ServerFault(String id, Map<String, List<String>> form, FaultAction action) {
        this.id = id;
        this.action = action;
        kinds = EnumSet.noneOf(CallKind.class);
        Arrays.stream(Form.first(form, "kinds", "OPEN_SESSION,SUBMIT").split(","))
                .map(name -> Form.choice(CallKind.class, "kinds", name.trim()))
                .forEach(kinds::add);
        statement = pattern(form, "statement", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
        path = pattern(form, "path", Pattern.DOTALL);
        toSkip = Form.number(form, "skip", 0);
        left = Form.number(form, "times", Integer.MAX_VALUE);
    }

    private static Pattern pattern(Map<String, List<String>> form, String field, int flags) {
        String regex = Form.first(form, field, null);
        try {
            return regex == null ? null : Pattern.compile(regex, flags);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "Field '" + field + "' is not a regular expression: " + e.getDescription(), e);
        }
    }

    String id() {
        return id;
    }

    int hits() {
        return hits;
    }

    FaultAction action() {
        return action;
    }

    /** Whether it can be known before the body is read that a call of this kind meets the fault. */
    boolean needsNoBody(CallKind kind) {
        return statement == null && path == null && kinds.contains(kind);
    }

    /** @return whether the call meets the fault, which has then been put into the plan */
    boolean meet(FaultTarget target, FaultPlan plan) {
        if (!kinds.contains(target.kind())
                || left == 0
                || !fits(statement, target.sql())
                || !fits(path, target.path())) {
            return false;
        }
        if (toSkip > 0) {
            toSkip--;
            return false;
        }
        if (!action.meet(target, plan)) {
            return false;
        }
        left--;
        hits++;
        return true;
    }

    private static boolean fits(Pattern wanted, String text) {
        return wanted == null || text != null && wanted.matcher(text).matches();
    }
}
