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
package io.cameldatabricks.testinfra.server.thrift;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.databricks.internal.apache.thrift.TApplicationException;
import com.databricks.internal.apache.thrift.TBase;
import com.databricks.internal.apache.thrift.TException;
import com.databricks.internal.apache.thrift.TSerializable;
import com.databricks.internal.apache.thrift.protocol.TBinaryProtocol;
import com.databricks.internal.apache.thrift.protocol.TMessage;
import com.databricks.internal.apache.thrift.protocol.TMessageType;
import com.databricks.internal.apache.thrift.transport.TMemoryBuffer;

import io.cameldatabricks.testinfra.server.model.ServerClock;
import io.cameldatabricks.testinfra.server.model.SessionStore;
import io.cameldatabricks.testinfra.server.model.StatementFactory;
import io.cameldatabricks.testinfra.server.model.StatementRunner;
import io.cameldatabricks.testinfra.server.model.StatementStore;

/** Databricks' Thrift service. Knows calls as bytes; who carries them is another's business. Thread-safe. */
public final class ThriftService {

    private final OperationStore operations;
    private final SessionCalls sessions;
    private final StatementCalls statements;
    private final MetadataCalls metadata;

    public ThriftService(
            StatementFactory factory,
            StatementStore statementStore,
            SessionStore sessionStore,
            StatementRunner runner,
            ServerClock clock) {
        Handles handles = new Handles();
        operations = new OperationStore(handles, sessionStore, runner, clock);
        sessions = new SessionCalls(sessionStore, operations, handles);
        statements = new StatementCalls(factory, statementStore, runner, sessions, operations, handles, clock);
        metadata = new MetadataCalls(sessions, statements);
    }

    /**
     * The answer to a call.
     *
     * @param bytes completes with what to send; exceptionally only by a defect
     * @param then to be run on this thread when the sending has been arranged; may take as long as a statement
     */
    public record Answer(CompletionStage<byte[]> bytes, Runnable then) {}

    /** Gives up operations that nobody asks after; to be called from time to time. */
    public void giveUpIdle() {
        operations.giveUpIdle();
    }

    /**
     * @throws GoneException when the operation was given up because nobody asked after it
     * @throws QueueFullException when the warehouse takes no more statements
     */
    public Answer answer(ThriftCall call, Caller caller) {
        ThriftMessage message = call.message();
        TBase<?, ?> arguments = message.arguments();
        if (arguments == null) {
            return refused(message, "Invalid method name: '" + message.method() + "'");
        }
        Reply<? extends TSerializable> reply = new Dispatch(this, caller).to(arguments);
        return new Answer(reply.answer().thenApply(result -> bytes(message, TMessageType.REPLY, result)), reply.then());
    }

    SessionCalls sessions() {
        return sessions;
    }

    StatementCalls statements() {
        return statements;
    }

    MetadataCalls metadata() {
        return metadata;
    }

    private static Answer refused(ThriftMessage message, String text) {
        TApplicationException refusal = new TApplicationException(TApplicationException.UNKNOWN_METHOD, text);
        return new Answer(CompletableFuture.completedFuture(bytes(message, TMessageType.EXCEPTION, refusal)), () -> {});
    }

    private static byte[] bytes(ThriftMessage message, byte type, TSerializable content) {
        try {
            TMemoryBuffer buffer = new TMemoryBuffer(512);
            TBinaryProtocol protocol = new TBinaryProtocol(buffer);
            protocol.writeMessageBegin(new TMessage(message.method(), type, message.sequence()));
            content.write(protocol);
            protocol.writeMessageEnd();
            return java.util.Arrays.copyOf(buffer.getArray(), buffer.length());
        } catch (TException e) {
            throw new IllegalStateException("The answer to " + message.method() + " cannot be written", e);
        }
    }
}
