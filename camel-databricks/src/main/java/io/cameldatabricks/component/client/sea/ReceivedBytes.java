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
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The body of an answer as a stream. Pieces are asked for as they are read, and a read fails when none comes in time: the
 * stream of the HTTP client waits for ever. To be read by one thread at a time.
 */
final class ReceivedBytes extends InputStream implements BodySubscriber<InputStream> {

    private static final int AHEAD = 4;

    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    // all guarded by lock
    private final Deque<ByteBuffer> pieces = new ArrayDeque<>();
    private Flow.Subscription subscription;
    private Throwable failure;
    private boolean complete;
    private boolean closed;
    private int asked;

    /** @param patience how long the next piece is waited for */
    ReceivedBytes(Duration patience) {
        this.patience = patience;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        boolean cancel;
        lock.lock();
        try {
            subscription = newSubscription;
            cancel = closed;
            asked = AHEAD;
        } finally {
            lock.unlock();
        }
        if (cancel) {
            newSubscription.cancel();
        } else {
            newSubscription.request(AHEAD);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        lock.lock();
        try {
            asked--;
            if (!closed) {
                buffers.stream().filter(ByteBuffer::hasRemaining).forEach(pieces::add);
            }
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onError(Throwable problem) {
        lock.lock();
        try {
            failure = problem;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onComplete() {
        lock.lock();
        try {
            complete = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        ByteBuffer piece = piece();
        if (piece == null) {
            return -1;
        }
        int read = Math.min(length, piece.remaining());
        piece.get(target, offset, read);
        return read;
    }

    /** The piece that is being read; null at the end. */
    private ByteBuffer piece() throws IOException {
        Flow.Subscription more = null;
        ByteBuffer piece;
        lock.lock();
        try {
            while (!pieces.isEmpty() && !pieces.peek().hasRemaining()) {
                pieces.poll();
            }
            if (pieces.isEmpty() && asked == 0 && !complete && failure == null && !closed) {
                asked = AHEAD;
                more = subscription;
            }
        } finally {
            lock.unlock();
        }
        if (more != null) {
            more.request(AHEAD);
        }
        lock.lock();
        try {
            await();
            piece = pieces.peek();
        } finally {
            lock.unlock();
        }
        return piece;
    }

    private void await() throws IOException {
        long nanos = patience.toNanos();
        while (pieces.isEmpty() && !complete) {
            if (closed) {
                throw new IOException("The stream is closed");
            }
            if (failure != null) {
                throw new IOException("The transfer broke off", failure);
            }
            if (nanos <= 0) {
                throw new HttpTimeoutException("Nothing came within " + patience);
            }
            try {
                nanos = arrived.awaitNanos(nanos);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("The thread was interrupted", e);
            }
        }
    }

    @Override
    public void close() {
        Flow.Subscription cancelled;
        lock.lock();
        try {
            closed = true;
            pieces.clear();
            cancelled = complete || failure != null ? null : subscription;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
        if (cancelled != null) {
            cancelled.cancel();
        }
    }
}
