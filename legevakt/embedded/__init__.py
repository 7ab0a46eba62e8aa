"""PostgreSQL and Valkey for a machine that has none, and the commands behind ./run.

Only the standard library is used, and no Django: `install` runs before anything is
installed, and every launcher starts in a few hundredths of a second. For that, ./run
loads this folder as the package `embedded`, beside `legevakt` and not inside it.

From the bottom up: progress, home, processes, watchdog → postgres, valkey → keeper
(owns the two services of one home) → services (joins and leaves them) → commands.
"""
