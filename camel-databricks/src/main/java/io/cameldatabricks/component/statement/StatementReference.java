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
package io.cameldatabricks.component.statement;

import java.util.Objects;

/**
 * Where one statement is found again: by another route, another process, another machine. Immutable. The text form has a
 * version, {@code dbsql1/REST/host/warehouse/id}; it is read strictly. It holds the secret of a Thrift id, so it is as
 * confidential as the result; {@link #toString()} leaves the secret out.
 *
 * @param target transport, workspace and warehouse
 * @param id the statement
 */
public record StatementReference(StatementTarget target, StatementId id) {

    /** Longest text that is read. */
    public static final int MAX_TEXT = 1024;

    /** Every text form begins with it. */
    public static final String PREFIX = "dbsql";

    private static final String VERSION = "1";
    private static final int PARTS = 5;

    public StatementReference {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(id, "id");
        if (id.hasSecret() != (target.transport() == Transport.JDBC_THRIFT)) {
            throw new IllegalArgumentException("An id of this kind does not belong to transport " + target.transport());
        }
    }

    /**
     * @param text as {@link #text()} wrote it, no spaces around it
     * @throws InvalidReferenceException if it was written by a newer version, or is anything else; the text is not repeated
     */
    public static StatementReference parse(String text) {
        if (text == null || text.length() > MAX_TEXT || !text.startsWith(PREFIX)) {
            throw new InvalidReferenceException("This is not the text form of a statement handle");
        }
        String[] parts = text.split("/", -1);
        String version = parts[0].substring(PREFIX.length());
        if (!version.equals(VERSION)) {
            boolean number = version.matches("[1-9][0-9]{0,3}");
            throw new InvalidReferenceException(
                    number
                            ? "The text form of this handle has version " + version + "; this program reads version "
                                    + VERSION
                            : "This is not the text form of a statement handle");
        }
        if (parts.length != PARTS) {
            throw new InvalidReferenceException(
                    "The text form of a statement handle has " + PARTS + " parts, this has " + parts.length);
        }
        try {
            StatementTarget target =
                    new StatementTarget(Transport.valueOf(parts[1]), parts[2], new WarehouseId(parts[3]));
            if (!target.workspace().equals(parts[2])) {
                throw new InvalidReferenceException("The workspace of a statement handle is written in lower case");
            }
            return new StatementReference(target, StatementId.of(parts[4]));
        } catch (IllegalArgumentException e) {
            throw e instanceof InvalidReferenceException known
                    ? known
                    : new InvalidReferenceException("The text form of this statement handle is damaged");
        }
    }

    /** To be written down or sent; {@link #parse} reads it. */
    public String text() {
        return PREFIX + VERSION + "/" + target.transport() + "/" + target.workspace() + "/" + target.warehouse() + "/"
                + id.reveal();
    }

    /**
     * Refuses a statement that this program cannot or must not reach.
     *
     * @param workspace host of our own workspace, with the port where it is not 443
     * @param transport the one that we are configured for
     * @return this
     * @throws ForeignHandleException if the statement belongs to another workspace or transport
     */
    public StatementReference requireReachable(String workspace, Transport transport) {
        if (!target.workspace().equalsIgnoreCase(workspace)) {
            throw new ForeignHandleException("Statement " + id + " belongs to workspace " + target.workspace()
                    + ", but this endpoint is configured for " + workspace);
        }
        if (target.transport() != transport) {
            throw new ForeignHandleException("Statement " + id + " was submitted over " + target.transport()
                    + " and can only be reached that way, but this endpoint is configured for " + transport);
        }
        return this;
    }

    @Override
    public String toString() {
        return PREFIX + VERSION + "/" + target.transport() + "/" + target.workspace() + "/" + target.warehouse() + "/"
                + id;
    }
}
