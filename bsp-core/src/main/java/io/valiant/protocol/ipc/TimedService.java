package io.valiant.protocol.ipc;

import java.util.function.Consumer;
import org.apache.hadoop.thirdparty.protobuf.BlockingService;
import org.apache.hadoop.thirdparty.protobuf.Descriptors.MethodDescriptor;
import org.apache.hadoop.thirdparty.protobuf.Descriptors.ServiceDescriptor;
import org.apache.hadoop.thirdparty.protobuf.Message;
import org.apache.hadoop.thirdparty.protobuf.RpcController;
import org.apache.hadoop.thirdparty.protobuf.ServiceException;

/** A service whose calls are announced before they are made, in the handler's thread. */
final class TimedService implements BlockingService {
    private final BlockingService service;
    private final Consumer<String> begins;
    private final Runnable left;

    /** @param left the handler has handed the call over */
    TimedService(BlockingService service, Consumer<String> begins, Runnable left) {
        this.service = service;
        this.begins = begins;
        this.left = left;
    }

    @Override
    public ServiceDescriptor getDescriptorForType() {
        return service.getDescriptorForType();
    }

    @Override
    public Message callBlockingMethod(MethodDescriptor method, RpcController controller, Message request)
            throws ServiceException {
        begins.accept(method.getName());
        try {
            return service.callBlockingMethod(method, controller, request);
        } finally {
            left.run();
        }
    }

    @Override
    public Message getRequestPrototype(MethodDescriptor method) {
        return service.getRequestPrototype(method);
    }

    @Override
    public Message getResponsePrototype(MethodDescriptor method) {
        return service.getResponsePrototype(method);
    }
}
