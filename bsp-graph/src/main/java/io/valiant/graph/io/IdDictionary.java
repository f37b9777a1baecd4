package io.valiant.graph.io;

/**
 * The ids that one parser has met, numbered as they came, or small ones by themselves, see {@link LongIdSet}. Keeps numbers as long as every id is one and turns to text, with
 * the same numbering, when one is not.
 */
public final class IdDictionary {
    private IdSet ids;
    private LongIdSet numbers;

    /** Begins in that form; TEXT stays TEXT. */
    public IdDictionary(IdForm form) {
        this(form, 0);
    }

    /** The same; longs from 0 to below {@code ownLimit} may be their own numbers. */
    public IdDictionary(IdForm form, int ownLimit) {
        become(form == IdForm.LONG ? new LongIdSet(ownLimit) : new TextIdSet());
    }

    /** Raises the limit below which ids may be their own numbers, if nothing was added yet. */
    void ownUpTo(int ownLimit) {
        if (numbers != null && numbers.size() == 0) {
            become(new LongIdSet(ownLimit));
        }
    }

    /** The number of an id, which is new if it was not there. */
    public int add(byte[] bytes, int from, int to) {
        if (numbers != null) {
            if (IdText.isCanonicalLong(bytes, from, to)) {
                return numbers.add(IdText.parseLong(bytes, from, to));
            }
            toText();
        }
        return ids.add(bytes, from, to);
    }

    /** The number of an id that is a number, which is new if it was not there. */
    public int add(long id) {
        if (numbers != null) {
            return numbers.add(id);
        }
        byte[] text = new byte[IdText.MAX_LONG_BYTES];
        return ids.add(text, 0, IdText.format(id, text, 0));
    }

    /** Turns to text, if it has not already. */
    public void toText() {
        if (numbers != null) {
            become(numbers.toText());
        }
    }

    /** The ids met so far; another object after {@link #toText()}. */
    public IdSet ids() {
        return ids;
    }

    /** The ids met so far as long as all are numbers, else null; a reader may add to it. */
    LongIdSet numbers() {
        return numbers;
    }

    private void become(IdSet set) {
        ids = set;
        numbers = set instanceof LongIdSet longs ? longs : null;
    }
}
