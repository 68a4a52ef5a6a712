using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>One write in progress: the context inside its transaction, and the data for its end.</summary>
internal sealed class WriteTransaction(AuthDatabase database, AuthDbContext db, CancellationToken cancellationToken)
{
    /// <summary>The context, inside the transaction.</summary>
    public AuthDbContext Db => db;

    /// <summary>Cancels the write as long as it has not reached the commit.</summary>
    public CancellationToken Ct => cancellationToken;

    /// <summary>The id of what the verb created, for an audit entry without a target id.</summary>
    public string? MadeId { get; set; }

    /// <summary>Writes the rows added.</summary>
    public Task SaveAsync() => db.SaveChangesAsync(cancellationToken);

    /// <summary>
    /// Writes the rows added. False when a unique column already had the value; the verb must then end as lost,
    /// because in some engines a transaction cannot continue after an error.
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
