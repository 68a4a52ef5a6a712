using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore.Tests;

/// <summary>What one or two hosts keep their data in: memory, or a SQLite file in a folder of its own.</summary>
internal sealed class TestStorage : IDisposable
{
    private readonly bool isShared;

    internal TestStorage(StoreKind kind, InMemoryDatabase? database)
        : this(
            new InMemoryStoreSet(database ?? new InMemoryDatabase()),
            kind == StoreKind.Sqlite ? Directory.CreateTempSubdirectory("kohaku-api-").FullName : null,
            isShared: false)
    {
    }

    private TestStorage(InMemoryStoreSet inMemory, string? folder, bool isShared)
    {
        InMemory = inMemory;
        Folder = folder;
        this.isShared = isShared;
    }

    internal InMemoryStoreSet InMemory { get; }

    /// <summary>The folder of the SQLite file; null in memory.</summary>
    internal string? Folder { get; }

    internal string File => Path.Combine(Folder!, "auth.db");

    /// <summary>The same data for a second host, with stores of its own.</summary>
    internal TestStorage Share() => new(new InMemoryStoreSet(InMemory.Database), Folder, isShared: true);

    internal void Use(KohakuAuthBuilder auth, HostSetup setup)
    {
        if (Folder is null)
        {
            auth.UseStores(_ => setup.Stores?.Invoke(InMemory) ?? InMemory);
        }
        else
        {
            auth.UseSqlite($"Data Source={File}", setup.Sqlite);
        }
    }

    internal string ReadFiles() =>
        string.Concat(Directory.EnumerateFiles(Folder!).Where(f =>
            !f.EndsWith("-shm", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(ReadShared));

    private static string ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }

    public void Dispose()
    {
        if (Folder is not null && !isShared)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
