using System.Data.Common;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>How the epoch and what it touched are read; the same on all engines.</summary>
internal static class ChangeLog
{
    /// <summary>How many epochs the triggers keep. Who was last here longer ago starts anew.</summary>
    public const int Kept = 10_000;

    /// <summary>
    /// One row at least; the touched users of epochs above the parameter beside it. One statement, so that all of it is of one moment.
    /// </summary>
    public const string Query = """
        SELECT e."value", c."epoch", c."user_id"
        FROM "kohaku_change_epoch" AS e LEFT JOIN "kohaku_changes" AS c ON c."epoch" > @since
        """;

    /// <summary>The name of the parameter of <see cref="Query"/>.</summary>
    public const string Since = "@since";

    /// <summary>Collects the answer to <see cref="Query"/> a row at a time.</summary>
    /// <param name="since">What <see cref="Since"/> was.</param>
    public sealed class Answer(long since)
    {
        private List<PrincipalChange>? touched;
        private long epoch = -1;

        /// <summary>Takes the current row.</summary>
        public void Add(DbDataReader row)
        {
            epoch = row.GetInt64(0);
            if (!row.IsDBNull(1))
            {
                (touched ??= []).Add(new PrincipalChange(row.GetInt64(1), row.GetInt64(2)));
            }
        }

        /// <summary>
        /// What the rows say. An epoch that went backwards is a database restored from a copy: nothing known before counts.
        /// </summary>
        /// <exception cref="InvalidOperationException">There was no row: somebody deleted it.</exception>
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
