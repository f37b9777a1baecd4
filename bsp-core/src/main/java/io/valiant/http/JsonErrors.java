package io.valiant.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What the server itself refuses, in the form of all errors; tells nothing of its inside. */
final class JsonErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        String code =
                status == HttpStatus.NOT_FOUND_404 ? "BSP:NotFound" : status >= 500 ? "BSP:Internal" : "BSP:BadRequest";
        String body = "{\"code\":\"" + code + "\",\"message\":\"" + HttpStatus.getMessage(status) + "\"}\n";
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json;charset=utf-8");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        Content.Sink.write(response, true, body, callback);
        return true;
    }
}
