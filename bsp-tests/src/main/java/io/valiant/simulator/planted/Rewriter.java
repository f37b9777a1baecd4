package io.valiant.simulator.planted;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Carries out the changes of one class. */
final class Rewriter extends ClassVisitor {
    private final List<Change> changes;
    private final List<Change> done = new ArrayList<>();
    private String owner;

    private Rewriter(ClassVisitor next, List<Change> changes) {
        super(Opcodes.ASM9, next);
        this.changes = changes;
    }

    /**
     * The changed class.
     *
     * @throws IllegalStateException a change found nothing to do: the code is not any more what the bug was made for
     */
    static byte[] rewrite(byte[] original, List<Change> changes) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        Rewriter rewriter = new Rewriter(writer, changes);
        reader.accept(rewriter, 0);
        for (Change change : changes) {
            if (!rewriter.done.contains(change)) {
                throw new IllegalStateException("planted bug does not fit the code any more: " + change);
            }
        }
        return writer.toByteArray();
    }

    @Override
    public void visit(int version, int access, String name, String signature, String base, String[] interfaces) {
        owner = name;
        super.visit(version, access, name, signature, base, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
        MethodVisitor method = super.visitMethod(access, name, descriptor, signature, thrown);
        boolean hasCode = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
        for (Change change : changes) {
            if (!hasCode || !change.method().equals(name)) {
                continue;
            }
            NewBody body = new NewBody(owner, access, descriptor, method);
            if (body.replace(change.edit())) {
                done.add(change);
                return null;
            }
            if (body.begins(change.edit())) {
                method = body.beginning(change.edit());
                done.add(change);
            } else {
                method = new Patch(method, change.edit(), () -> done.add(change));
            }
        }
        return method;
    }
}
