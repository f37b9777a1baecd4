package io.valiant.simulator.planted;

import java.lang.reflect.Method;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Edits of single instructions within a method. */
final class Patch extends MethodVisitor {
    private static final String HOOKS = Type.getInternalName(Hooks.class);

    private final Edit edit;
    private final Runnable found;
    private boolean comparisonNext;
    private int comparisons;

    Patch(MethodVisitor next, Edit edit, Runnable found) {
        super(Opcodes.ASM9, next);
        this.edit = edit;
        this.found = found;
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (edit instanceof Edit.Answers answers && answers.callee().equals(name)) {
            found.run();
            dropArguments(descriptor);
            if (opcode != Opcodes.INVOKESTATIC) {
                super.visitInsn(Opcodes.POP);
            }
            if (Type.getReturnType(descriptor).getSort() != Type.VOID) {
                NewBody.push(mv, answers.constant());
            }
            return;
        }
        if (edit instanceof Edit.Redirects redirects && redirects.callee().equals(name)) {
            found.run();
            super.visitMethodInsn(
                    Opcodes.INVOKESTATIC, HOOKS, redirects.hook(), hookDescriptor(redirects.hook()), false);
            return;
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        expectComparison(name);
    }

    private void dropArguments(String descriptor) {
        Type[] types = Type.getArgumentTypes(descriptor);
        for (int i = types.length - 1; i >= 0; i--) {
            super.visitInsn(types[i].getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
        }
    }

    private static String hookDescriptor(String name) {
        for (Method hook : Hooks.class.getDeclaredMethods()) {
            if (hook.getName().equals(name)) {
                return Type.getMethodDescriptor(hook);
            }
        }
        throw new IllegalStateException("there is no hook " + name);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        if (edit instanceof Edit.Reads reads && reads.field().equals(name) && opcode == Opcodes.GETFIELD) {
            found.run();
            super.visitInsn(Opcodes.POP);
            NewBody.push(mv, reads.constant());
            return;
        }
        if (edit instanceof Edit.Keeps keeps && keeps.field().equals(name) && opcode == Opcodes.PUTFIELD) {
            found.run();
            super.visitInsn(Type.getType(descriptor).getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
            super.visitInsn(Opcodes.POP);
            return;
        }
        super.visitFieldInsn(opcode, owner, name, descriptor);
        expectComparison(name);
    }

    private void expectComparison(String name) {
        if (edit instanceof Edit.Compares compares && compares.name().equals(name)) {
            comparisonNext = comparisons < compares.results().size();
        }
    }

    /** What the comparison here is to find. */
    private int comparison() {
        if (!comparisonNext) {
            return Edit.LEFT;
        }
        comparisonNext = false;
        found.run();
        return ((Edit.Compares) edit).results().get(comparisons++);
    }

    @Override
    public void visitInsn(int opcode) {
        int result = opcode == Opcodes.LCMP ? comparison() : Edit.LEFT;
        if (result == Edit.LEFT) {
            super.visitInsn(opcode);
            return;
        }
        super.visitInsn(Opcodes.POP2);
        super.visitInsn(Opcodes.POP2);
        NewBody.push(mv, result);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        boolean compares = opcode >= Opcodes.IF_ICMPEQ && opcode <= Opcodes.IF_ACMPNE;
        int result = compares ? comparison() : Edit.LEFT;
        if (result == Edit.LEFT) {
            super.visitJumpInsn(opcode, label);
            return;
        }
        super.visitInsn(Opcodes.POP2);
        NewBody.push(mv, result);
        int first = opcode >= Opcodes.IF_ACMPEQ ? Opcodes.IF_ACMPEQ : Opcodes.IF_ICMPEQ;
        super.visitJumpInsn(opcode - first + Opcodes.IFEQ, label);
    }
}
