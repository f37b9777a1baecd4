/**
 * The whole cluster in one thread, on virtual time, from one seed. One world is owned by one thread; entry:
 * {@link io.valiant.simulator.Simulation}.
 *
 * <p><b>What is simulated</b> (architecture, section 3), and where:
 *
 * <ul>
 *   <li>cores of master, groom, child and client, link sessions, the barrier, the ledger program: the daemons' own classes
 *   <li>calls lost, late, repeated, carried out though unanswered: {@code engine.Calls}
 *   <li>streams in order, cut, half-open, losing a suffix: {@code engine.Stream}; resumed: by the link sessions
 *   <li>processes killed, frozen, thawed; hosts frozen, slow, cut off; disks full: {@code Injector}
 *   <li>forks, starts, rehearsals, splits, restores, commits take time: {@code Luck}
 *   <li>rows of a batch fail, are lost or stored without an answer: {@code Luck.writeFate}; files are half written when their
 *       writer dies, or damaged: {@code SimChild}, {@code SimCheckpoints}, {@code SimMaster}, {@code SimFiles}
 *   <li>storage away for less and for more than its window: {@code SimStorage}, by the product's own {@code RetryWindow}
 *   <li>wall clocks jump, monotonic clocks begin anywhere and drift: {@code World}, {@code engine.SimClock}
 *   <li>pids and ports are soon used again: {@code engine.SimHost}; strangers use them with one thing wrong:
 *       {@code SimImpostor}
 *   <li>spares: {@code SimSpare}; programs that compute too long or for ever: {@code SimExchange}; late news of a busy
 *       machine: {@code engine.Cables}
 *   <li>time-outs near the order that is refused: {@code Plan.times}; replay of the store after some writes and at the end:
 *       {@code Replay}; the same trace in two JVMs: DeterminismTest
 * </ul>
 *
 * <p><b>What is judged</b> (section 7), after every step of a core, by what an outsider can see:
 *
 * <ul>
 *   <li>I1, I2, I3: {@code Invariants}; who may be charged and who computed too long: {@code Culprits}; storage given up too
 *       early: {@code SimStorage}; names used once: {@code Oracle}
 *   <li>I4: {@code RollCall} (numbers a master takes, grooms LOST too early), {@code Oracle} (epochs a groom obeys, frames,
 *       barriers and parts of who has to hold), {@code LeaseRules}, {@code SimImpostor}
 *   <li>I5: {@code Oracle.passed}; I6: {@code CheckpointRules}; I7: {@code Oracle}
 *   <li>I8: {@code Invariants.noLostTask}, the queue's order and grooms LOST too late: {@code RollCall}
 *   <li>I9: {@code Invariants}, {@code Oracle}, {@code SpareRules}; both tables are empty when all is quiet: {@code QuietEnd}
 *   <li>I10, I11: {@code Oracle}, {@code Replay}; I12: {@code RollCall}, {@code FailureCount}; I13: {@code QuietEnd}
 *   <li>P1: each job ends in bounded time once nothing goes wrong any more: {@code Simulation}
 *   <li>where nothing goes wrong, or storage is only away for a moment, each job succeeds at once: {@code Invariants}
 * </ul>
 *
 * <p><b>What is not</b>: I14 and the job store, which are not built yet; several masters at a time; the files of the data
 * plane (spilling, shared sections), threads and sockets, which are outside the cores; writing that breaks off within a file.
 *
 * <p>Some fences stand behind others that let nothing through, so that dropping one changes no run and no planted bug stands
 * for it: a groom's look for gaps between directives (a batch begins with the oldest that is not applied), a child's look at
 * the generation and attempt of what its groom tells (the groom has compared them, on a stream in order), the master's kill
 * of what is in no book (no launch is told before it is stored). Their unit tests show them.
 */
package io.valiant.simulator;
