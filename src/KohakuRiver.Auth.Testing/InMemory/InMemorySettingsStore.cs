using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

internal sealed class InMemorySettingsStore(InMemoryDatabase database) : InMemoryStore(database), ISettingsStore
{
    public Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken) =>
        Read<IReadOnlyDictionary<string, string>>(data => data.Settings, cancellationToken);

    public Task<WriteStatus> WriteAsync(
        IReadOnlyDictionary<string, string?> values, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            foreach (var (name, value) in values)
            {
                write.Data.Settings = value is null ? write.Data.Settings.Remove(name) : write.Data.Settings.SetItem(name, value);
            }

            write.Commit(by);
            return WriteStatus.Done;
        },
        cancellationToken);

    public Task<string> GetOrAddAsync(string name, string value, CancellationToken cancellationToken) => Write(
        write =>
        {
            if (write.Data.Settings.TryGetValue(name, out var stored))
            {
                return stored;
            }

            write.Data.Settings = write.Data.Settings.SetItem(name, value);
            write.Commit();
            return value;
        },
        cancellationToken);
}
