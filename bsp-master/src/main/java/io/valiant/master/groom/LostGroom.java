package io.valiant.master.groom;

import io.valiant.id.GroomId;

/** An incarnation of a groom that was declared LOST, and why. */
public record LostGroom(GroomId groom, long incarnation, String reason) {}
