using System.Data.Common;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>How the epoch and the touched users are read; the same on all engines.</summary>
internal static class ChangeLog
{
    /// <summary>How many epochs the triggers keep. A reader further behind starts over.</summary>
    public const int Kept = 10_000;

    /// <summary>
    /// At least one row, with the touched users of epochs above the parameter. One statement, so that all of it is from one moment.
    /// </summary>
    public const string Query = """
        SELECT e."value", c."epoch", c."user_id"
        FROM "kohaku_change_epoch" AS e LEFT JOIN "kohaku_changes" AS c ON c."epoch" > @since
        """;

    /// <summary>The name of the parameter of <see cref="Query"/>.</summary>
    public const string Since = "@since";

    /// <summary>Collects the result of <see cref="Query"/> row by row.</summary>
    /// <param name="since">The value of <see cref="Since"/>.</param>
    public sealed class Answer(long since)
    {
        private List<PrincipalChange>? touched;
        private long epoch = -1;

        /// <summary>Reads the current row.</summary>
        public void Add(DbDataReader row)
        {
            epoch = row.GetInt64(0);
            if (!row.IsDBNull(1))
            {
                (touched ??= []).Add(new PrincipalChange(row.GetInt64(1), row.GetInt64(2)));
            }
        }

        /// <summary>
        /// The result. An epoch that went backwards means a database restored from a copy: nothing known before is valid.
        /// </summary>
        /// <exception cref="InvalidOperationException">There was no row: it was deleted.</exception>
        public PrincipalChanges ToChanges()
        {
            if (epoch < 0)
            {
                throw new InvalidOperationException(
                    "The row of kohaku_change_epoch is missing. Restore it from a backup, or insert (1, 0) while no host runs.");
            }

            return since < 0 || since > epoch || epoch - since > Kept
                ? PrincipalChanges.Unknown(epoch)
                : new PrincipalChanges(epoch, touched ?? (IReadOnlyList<PrincipalChange>)[]);
        }
    }
}
