// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Vtgate.StreamExecuteResponse;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/** A stream that blocks its sender while the transport takes nothing, as a stream of a server in Go does. */
final class Pushing implements FakeTablet.Receiver {
    private final ServerCallStreamObserver<StreamExecuteResponse> out;
    private final IntSupplier rowsAtOnce;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean gone;
    private boolean busy;

    Pushing(ServerCallStreamObserver<StreamExecuteResponse> out, IntSupplier rowsAtOnce) {
        this.out = out;
        this.rowsAtOnce = rowsAtOnce;
        out.setOnReadyHandler(this::changed);
        out.setOnCancelHandler(this::goes);
        out.setOnCloseHandler(this::goes);
    }

    private void changed() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void goes() {
        lock.lock();
        try {
            gone = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void begin(QueryResult fields) {
        out.onNext(StreamExecuteResponse.newBuilder().setResult(fields).build());
    }

    @Override
    public void send(QueryResult rows) {
        for (int from = 0; from < rows.getRowsCount(); ) {
            int to = (int) Math.min(rows.getRowsCount(), (long) from + rowsAtOnce.getAsInt());
            push(QueryResult.newBuilder()
                    .addAllRows(rows.getRowsList().subList(from, to))
                    .build());
            from = to;
        }
    }

    private void push(QueryResult part) {
        lock.lock();
        try {
            while (!gone && !out.isReady()) {
                changed.awaitUninterruptibly();
            }
            if (!gone) {
                out.onNext(StreamExecuteResponse.newBuilder().setResult(part).build());
            }
        } finally {
            lock.unlock();
        }
    }

    void fail(Status status) {
        lock.lock();
        try {
            if (!gone) {
                out.onError(status.asRuntimeException());
            }
        } finally {
            lock.unlock();
            goes();
        }
    }

    @Override
    public boolean isGone() {
        lock.lock();
        try {
            return gone;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isBusy() {
        lock.lock();
        try {
            return busy;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void busy(boolean is) {
        lock.lock();
        try {
            busy = is;
        } finally {
            lock.unlock();
        }
    }
}
