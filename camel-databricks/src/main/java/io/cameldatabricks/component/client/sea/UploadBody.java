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
package io.cameldatabricks.component.client.sea;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;

import io.cameldatabricks.component.volume.Contents;
import io.cameldatabricks.component.volume.ContentsException;

/**
 * The body of an upload. A thread that may wait reads the contents piece by piece, each when the network can take it, so that
 * no more than a piece is in memory and the threads of the HTTP client never wait for whoever gives the contents. For one
 * request.
 */
final class UploadBody implements Flow.Publisher<ByteBuffer>, SealedBody {

    private static final int PIECE = 64 << 10;

    private final Contents contents;
    private final Executor readers;

    // all guarded by this
    private Flow.Subscriber<? super ByteBuffer> subscriber;
    private long demand;
    private boolean sealed;
    private boolean begun;
    private boolean ended;

    /** Also before a thread has begun to read: it is not the network that this waits for. */
    private boolean reading = true;

    private long steps;
    private ContentsException failure;

    /** @param readers may be blocked as long as the upload takes */
    UploadBody(Contents contents, Executor readers) {
        this.contents = contents;
        this.readers = readers;
    }

    /** As a request takes it. */
    BodyPublisher publisher() {
        long length = contents.length();
        if (length == 0) {
            return BodyPublishers.noBody();
        }
        return length < 0 ? BodyPublishers.fromPublisher(this) : BodyPublishers.fromPublisher(this, length);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> newSubscriber) {
        synchronized (this) {
            if (subscriber != null) {
                throw new IllegalStateException("A body is sent once");
            }
            subscriber = newSubscriber;
        }
        newSubscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long pieces) {
                more(pieces);
            }

            @Override
            public void cancel() {
                end();
            }
        });
        try {
            readers.execute(this::pump);
        } catch (RejectedExecutionException e) {
            end();
            newSubscriber.onError(new IOException("The component is stopping", e));
        }
    }

    private synchronized void more(long pieces) {
        steps++;
        demand = demand + pieces < 0 ? Long.MAX_VALUE : demand + pieces;
        notifyAll();
    }

    /** Nothing more is wanted. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    @Override
    public synchronized boolean sealUnsent() {
        if (begun) {
            return false;
        }
        sealed = true;
        notifyAll();
        return true;
    }

    /** Why the contents could not be read, or null. */
    synchronized ContentsException failure() {
        return failure;
    }

    /**
     * A number that grows as long as there is progress, or -1 while it is the contents that are waited for: whoever gives
     * them may take their time.
     */
    synchronized long progress() {
        return reading ? -1 : steps;
    }

    private void pump() {
        try (InputStream in = contents.open()) {
            for (byte[] piece = read(in); piece != null; piece = read(in)) {
                if (!mayGoOn()) {
                    return;
                }
                subscriber.onNext(ByteBuffer.wrap(piece));
            }
            if (mayComplete()) {
                subscriber.onComplete();
            }
        } catch (IOException | RuntimeException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        }
    }

    /** Null at the end. */
    private byte[] read(InputStream in) throws IOException {
        setReading(true);
        try {
            byte[] piece = in.readNBytes(PIECE);
            return piece.length == 0 ? null : piece;
        } finally {
            setReading(false);
        }
    }

    private synchronized void setReading(boolean now) {
        reading = now;
        steps++;
    }

    /** Waits until the network can take a piece. */
    private synchronized boolean mayGoOn() throws InterruptedException {
        while (demand == 0 && !ended && !sealed) {
            wait();
        }
        if (ended || sealed) {
            return false;
        }
        begun = true;
        steps++;
        demand--;
        return true;
    }

    private synchronized boolean mayComplete() {
        // contents of no bytes are sent too
        begun = begun || !sealed;
        return !ended && !sealed;
    }

    private void fail(Exception e) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            failure = new ContentsException(
                    "What is to be uploaded could not be read: " + e.getClass().getName(),
                    e instanceof IOException io ? io : new IOException(e));
        }
        subscriber.onError(new IOException("The contents could not be read", e));
    }
}
