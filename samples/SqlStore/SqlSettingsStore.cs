using KohakuRiver.Auth.Stores;

namespace SqlStore;

/// <summary>Settings changed at run time.</summary>
internal sealed class SqlSettingsStore(SqlDatabase database) : ISettingsStore
{
    public object TransactionDomain => database;

    public Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, string>>(
            async work => (await work.ListAsync(
                $"SELECT name, value FROM settings",
                row => KeyValuePair.Create(row.Text("name"), row.Text("value")))).ToDictionary(StringComparer.Ordinal),
            cancellationToken);

    public Task<WriteStatus> WriteAsync(
        IReadOnlyDictionary<string, string?> values, AuthorizedWrite write, CancellationToken cancellationToken) => database.WriteAsync(
        write,
        async work =>
        {
            foreach (var (name, value) in values)
            {
                await (value is null
                    ? work.RunAsync($"DELETE FROM settings WHERE name = {name}")
                    : work.RunAsync(
                        $"INSERT INTO settings (name, value) VALUES ({name}, {value}) ON CONFLICT DO UPDATE SET value = {value}"));
            }

            return WriteStatus.Done;
        },
        cancellationToken);

    public Task<string> GetOrAddAsync(string name, string value, CancellationToken cancellationToken) => database.WriteAsync(
        async work =>
        {
            await work.RunAsync($"INSERT INTO settings (name, value) VALUES ({name}, {value}) ON CONFLICT DO NOTHING");
            return (await work.FindAsync($"SELECT value FROM settings WHERE name = {name}", row => row.Text("value")))!;
        },
        cancellationToken);
}
