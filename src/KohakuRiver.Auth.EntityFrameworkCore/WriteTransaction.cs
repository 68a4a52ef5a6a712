using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>One write in progress: the context inside its transaction, and what belongs to its end.</summary>
internal sealed class WriteTransaction(AuthDatabase database, AuthDbContext db, CancellationToken cancellationToken)
{
    /// <summary>The tables, inside the transaction.</summary>
    public AuthDbContext Db => db;

    /// <summary>Cancels the write as long as it has not reached the commit.</summary>
    public CancellationToken Ct => cancellationToken;

    /// <summary>The id of what the verb made, for an audit entry without a target id.</summary>
    public string? MadeId { get; set; }

    /// <summary>Writes the rows added.</summary>
    public Task SaveAsync() => db.SaveChangesAsync(cancellationToken);

    /// <summary>
    /// Writes the rows added. False when a unique column had the value already; the verb must then end as lost,
    /// because some engines go on with nothing in a transaction after an error.
    /// </summary>
    public async Task<bool> TrySaveAsync()
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException e) when (database.IsUniqueViolation(e))
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }
}
