package io.valiant.cli.job;

import io.valiant.bsp.BspException;
import io.valiant.bsp.GroomStatus;
import io.valiant.cli.FactVerb;
import io.valiant.cli.Shell;
import io.valiant.cli.UsageException;
import io.valiant.id.GroomId;
import picocli.CommandLine.Parameters;

/** A verb about one groom. */
abstract class GroomVerb extends FactVerb {
    @Parameters(index = "0", paramLabel = "NAME", description = "the groom's name")
    private String name;

    GroomVerb(Shell shell) {
        super(shell);
    }

    final GroomId groom() throws BspException {
        try {
            return new GroomId(name);
        } catch (IllegalArgumentException e) {
            throw new UsageException("'" + name + "' is not a groom name; bsp groom list shows them");
        }
    }

    final GroomStatus status() throws BspException {
        return shell().answer(shell().cluster().calls().groom(groom()));
    }
}
