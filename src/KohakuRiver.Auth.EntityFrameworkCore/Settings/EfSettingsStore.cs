using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class EfSettingsStore(AuthDatabase database) : EfStore(database), ISettingsStore
{
    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken) =>
        Database.ReadAsync<IReadOnlyDictionary<string, string>>(
        async db => await db.Settings.ToDictionaryAsync(s => s.Name, s => s.Value, StringComparer.Ordinal, cancellationToken),
        cancellationToken);

    /// <inheritdoc />
    public Task<WriteStatus> WriteAsync(
        IReadOnlyDictionary<string, string?> values, AuthorizedWrite write, CancellationToken cancellationToken) => Database.WriteAsync(
        write,
        [],
        async w =>
        {
            // In one order everywhere, so that parallel writers do not deadlock.
            foreach (var (name, value) in values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                var setting = w.Db.Settings.Where(s => s.Name == name);
                if (value is null)
                {
                    await setting.ExecuteDeleteAsync(w.Ct);
                }
                else if (await setting.ExecuteUpdateAsync(s => s.SetProperty(row => row.Value, value), w.Ct) == 0)
                {
                    w.Db.Settings.Add(new SettingRow { Name = name, Value = value });
                    await w.SaveAsync();
                }
            }

            return WriteStatus.Done;
        },
        cancellationToken);

    /// <inheritdoc />
    public async Task<string> GetOrAddAsync(string name, string value, CancellationToken cancellationToken)
    {
        // Read first: every start but the first finds it, even where the database is read-only.
        var known = await Database.ReadAsync(
            db => db.Settings.Where(s => s.Name == name).Select(s => s.Value).FirstOrDefaultAsync(cancellationToken), cancellationToken);
        return known ?? await Database.WriteAlwaysAsync(
            async w =>
            {
                // A faster writer makes this attempt fail on the key, and the next one finds the row.
                if (await w.Db.Settings.Where(s => s.Name == name).Select(s => s.Value).FirstOrDefaultAsync(w.Ct) is { } stored)
                {
                    return stored;
                }

                w.Db.Settings.Add(new SettingRow { Name = name, Value = value });
                await w.SaveAsync();
                return value;
            },
            cancellationToken);
    }
}
