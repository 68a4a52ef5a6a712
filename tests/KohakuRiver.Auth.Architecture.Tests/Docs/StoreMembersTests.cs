using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Architecture.Tests.Docs;

/// <summary>What is said of the work of a store's author is so. Run with <c>KOHAKU_UPDATE_DOCS=1</c> to write it anew.</summary>
[Collection(Collections.Documents)]
public sealed class StoreMembersTests
{
    [Fact]
    public void Members_InTheDocument_AreThoseAnAuthorWrites()
    {
        var document = File.ReadAllText(StoreMembersDocument.Path);
        var wanted = StoreMembersDocument.Renew(document);
        if (Environment.GetEnvironmentVariable("KOHAKU_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(StoreMembersDocument.Path, document = wanted);
        }

        Assert.Equal(wanted, document);
    }

    [Fact]
    public void Members_OfASet_AreItsStoresAndOneMore() => Assert.Equal(
        [.. StoreMembersDocument.Stores.Select(s => "get_" + s.Name), nameof(KohakuStoreSet.InitializeAsync)],
        StoreMembersDocument.ToWrite(typeof(KohakuStoreSet)).Select(m => m.Name));

    [Fact]
    public void Members_OfAStore_AreFound() => Assert.Equal(
        ["FindAsync", "ReplaceAsync"],
        StoreMembersDocument.ToWrite(typeof(ISample)).Select(m => m.Name));

    private interface ISample
    {
        Task FindAsync(long id);

        Task ReplaceAsync(long id);

        // Already written.
        Task FindAsync(string name) => FindAsync(name.Length);
    }
}
