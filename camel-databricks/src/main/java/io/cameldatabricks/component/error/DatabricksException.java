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
package io.cameldatabricks.component.error;

import java.io.Serial;

import org.apache.camel.spi.HttpResponseAware;

/**
 * A failed call to Databricks. The subclasses say what to do next, so that a route can write
 * {@code onException(TransientDatabricksException.class)}. The message never holds SQL literals, parameter values or
 * credentials.
 *
 * <p>Camel's health checks look for {@link HttpResponseAware} on the very exception that a consumer failed with, and show
 * its status. It is the one thing of Camel that a room knows: an exception that the frame wrapped to say so would no longer
 * be of the class that routes catch.
 */
public abstract class DatabricksException extends RuntimeException implements HttpResponseAware {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ErrorDetails details;
    private String position = "";

    protected DatabricksException(String message, ErrorDetails details, Throwable cause) {
        super(message, cause);
        this.details = details;
    }

    /**
     * Says where in the work of a message this happened. To be called once, before the exception is known to others.
     *
     * @param where stands before the message; empty for nothing
     * @return this
     */
    public DatabricksException at(String where) {
        position = where;
        return this;
    }

    @Override
    public String getMessage() {
        return position + super.getMessage();
    }

    /** The id of the statement, or null when the server had not given one. */
    public String getStatementId() {
        return details().statementId();
    }

    /** The last state of the statement that was observed, or null. */
    public String getState() {
        return details().state();
    }

    /** The SQLSTATE of five characters, or null. */
    public String getSqlState() {
        return details().sqlState();
    }

    /** The error class of the server, such as TABLE_OR_VIEW_NOT_FOUND, or null. */
    public String getErrorCode() {
        return details().errorCode();
    }

    /** The status of the HTTP answer, or null. */
    public Integer getHttpStatus() {
        return details().httpStatus();
    }

    /** The status of the HTTP answer, or 0 when there was none. */
    @Override
    public int getHttpResponseCode() {
        Integer status = getHttpStatus();
        return status == null ? 0 : status;
    }

    /** Null: the driver does not keep the words beside the status. */
    @Override
    public String getHttpResponseStatus() {
        return null;
    }

    /** @throws UnsupportedOperationException always: what was answered does not change */
    @Override
    public void setHttpResponseCode(int code) {
        throw new UnsupportedOperationException("The status of an answer cannot be changed");
    }

    /** @throws UnsupportedOperationException always: what was answered does not change */
    @Override
    public void setHttpResponseStatus(String status) {
        throw new UnsupportedOperationException("The status of an answer cannot be changed");
    }

    private ErrorDetails details() {
        // null only after deserialization
        return details == null ? ErrorDetails.none() : details;
    }
}
