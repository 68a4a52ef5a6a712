using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>
/// Makes the search text of users that have none: those from before it existed whose names are more than SQL can fold, and those that an
/// instance of the version before, or a statement typed by hand, has added since.
/// </summary>
internal static class SearchTextFill
{
    private const int BatchSize = 500;

    /// <summary>Until no user is without one. Each batch is a write of its own, so that what is done stays done.</summary>
    public static async Task RunAsync(AuthDatabase database, CancellationToken cancellationToken)
    {
        while (true)
        {
            var batch = await database.ReadAsync(
                db => db.Users.Where(u => u.SearchText == "")
                    .Select(u => new { u.Id, u.Username, u.DisplayName })
                    .Take(BatchSize)
                    .ToListAsync(cancellationToken),
                cancellationToken);
            if (batch.Count == 0)
            {
                return;
            }

            await database.WriteAlwaysAsync(
                async w =>
                {
                    foreach (var user in batch)
                    {
                        // Whoever changes the name meanwhile writes the text of the new one.
                        var text = SearchText.Of(user.Username, user.DisplayName);
                        await w.Db.Users.Where(u => u.Id == user.Id && u.SearchText == "")
                            .ExecuteUpdateAsync(s => s.SetProperty(u => u.SearchText, text), w.Ct);
                    }

                    return batch.Count;
                },
                cancellationToken);
        }
    }
}
