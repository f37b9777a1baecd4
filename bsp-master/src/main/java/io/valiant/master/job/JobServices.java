package io.valiant.master.job;

import io.valiant.concurrent.RandomSource;
import io.valiant.master.core.MasterConfig;
import io.valiant.master.groom.GroomManager;
import io.valiant.master.recovery.RecoveryPlanner;

/** What every job needs of its surroundings. */
record JobServices(GroomManager grooms, RecoveryPlanner planner, RandomSource random, MasterConfig config) {}
