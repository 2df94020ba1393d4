package dev.vertxrpc.codec;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;

/**
 * The arrays and buffers that came beside one body. Each is made when its index is first met, and is the same
 * object from then on: so that many indexes of one array take no more room than it. Confined to the decode
 * that made it.
 */
final class BulkValues {
  /** Of a body that has none beside it, as most; it does not change. */
  private static final BulkValues NONE = new BulkValues(List.of());

  private final List<Buffer> bulk;
  private final Object[] values;
  private int made;

  private BulkValues(List<Buffer> bulk) {
    this.bulk = bulk;
    values = new Object[bulk.size()];
  }

  static BulkValues of(List<Buffer> bulk) {
    return bulk.isEmpty() ? NONE : new BulkValues(bulk);
  }

  Object get(Tag kind, int index) throws IOException {
    if (index < 0 || index >= values.length) {
      throw new IOException("found the index " + index + " of " + values.length + " bulk buffers");
    }
    if (values[index] == null) {
      values[index] = Elements.read(kind, Input.view(bulk.get(index)));
      made++;
    } else if (!kind.type().isInstance(values[index])) {
      throw new IOException("found bulk buffer " + index + " as " + kind.type().getSimpleName() + " and as "
          + values[index].getClass().getSimpleName());
    }
    return values[index];
  }

  /** Refuses buffers that the body does not speak of. */
  void requireAllMade() throws IOException {
    if (made < values.length) {
      throw new IOException("found " + values.length + " bulk buffers, of which the body uses " + made);
    }
  }
}
