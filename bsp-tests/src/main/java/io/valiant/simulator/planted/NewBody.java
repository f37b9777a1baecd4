package io.valiant.simulator.planted;

import java.util.List;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Edits that replace a method's body or put something before it. */
final class NewBody {
    private final String owner;
    private final boolean isStatic;
    private final String descriptor;
    private final MethodVisitor method;

    NewBody(String owner, int access, String descriptor, MethodVisitor method) {
        this.owner = owner;
        this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
        this.descriptor = descriptor;
        this.method = method;
    }

    /** Writes a new body, if that is what the edit is about. */
    boolean replace(Edit edit) {
        if (edit instanceof Edit.Returns returns) {
            method.visitCode();
            returnConstant(returns.constant());
        } else if (edit instanceof Edit.ReturnsParameter parameter) {
            method.visitCode();
            load(parameter.index());
            method.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
        } else if (edit instanceof Edit.CallsInstead instead) {
            method.visitCode();
            method.visitVarInsn(Opcodes.ALOAD, 0);
            method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner, instead.own(), "()Ljava/util/List;", false);
            method.visitInsn(Opcodes.POP);
            method.visitInsn(Opcodes.RETURN);
        } else {
            return false;
        }
        method.visitMaxs(0, 0);
        method.visitEnd();
        return true;
    }

    private void returnConstant(Object constant) {
        Type type = Type.getReturnType(descriptor);
        if (type.getSort() != Type.VOID) {
            push(method, constant);
        }
        method.visitInsn(type.getOpcode(Opcodes.IRETURN));
    }

    /** Pushes a boolean, int, long, empty list or null. */
    static void push(MethodVisitor method, Object constant) {
        if (constant == null) {
            method.visitInsn(Opcodes.ACONST_NULL);
        } else if (constant instanceof Boolean truth) {
            method.visitInsn(truth ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
        } else if (constant instanceof List<?>) {
            method.visitMethodInsn(Opcodes.INVOKESTATIC, "java/util/List", "of", "()Ljava/util/List;", true);
        } else {
            method.visitLdcInsn(constant);
        }
    }

    boolean begins(Edit edit) {
        return edit instanceof Edit.CallsFirst || edit instanceof Edit.Mistakes;
    }

    /** The method with something before its body. */
    MethodVisitor beginning(Edit edit) {
        return new MethodVisitor(Opcodes.ASM9, method) {
            @Override
            public void visitCode() {
                super.visitCode();
                if (edit instanceof Edit.CallsFirst first) {
                    method.visitVarInsn(Opcodes.ALOAD, 0);
                    for (int i = 0; i < Type.getArgumentTypes(descriptor).length; i++) {
                        load(i);
                    }
                    method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner, first.own(), descriptor, false);
                } else if (edit instanceof Edit.Mistakes mistake) {
                    load(mistake.from());
                    Type type = Type.getArgumentTypes(descriptor)[mistake.into()];
                    method.visitVarInsn(type.getOpcode(Opcodes.ISTORE), slot(mistake.into()));
                }
            }
        };
    }

    private void load(int parameter) {
        Type type = Type.getArgumentTypes(descriptor)[parameter];
        method.visitVarInsn(type.getOpcode(Opcodes.ILOAD), slot(parameter));
    }

    private int slot(int parameter) {
        int slot = isStatic ? 0 : 1;
        Type[] types = Type.getArgumentTypes(descriptor);
        for (int i = 0; i < parameter; i++) {
            slot += types[i].getSize();
        }
        return slot;
    }
}
