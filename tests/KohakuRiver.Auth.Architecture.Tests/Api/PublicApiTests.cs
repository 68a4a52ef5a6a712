using System.Reflection;

namespace KohakuRiver.Auth.Architecture.Tests.Api;

/// <summary>
/// What the packages let others use is written down beside each project, so that a change to it is seen and meant.
/// Run with <c>KOHAKU_UPDATE_DOCS=1</c> to write the files anew.
/// </summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> Names { get; } = new(Libraries.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void PublicApi_OfALibrary_IsWhatTheRepositorySays(string name)
    {
        var path = Path.Combine(Path.GetDirectoryName(Repository.Projects[name])!, "PublicApi.txt");
        var wanted = string.Concat(PublicApi.Of(Libraries.All[name]).Select(line => line + "\n"));
        if (Environment.GetEnvironmentVariable("KOHAKU_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, wanted);
        }

        Assert.Equal(File.ReadAllText(path), wanted);
    }

    [Fact]
    public void TypesHiddenFromEditors_AreComponentsOnly() => Law.Holds(
        from type in Libraries.Types
        where PublicApi.IsHidden(type) && !IsComponent(type)
        select type.FullName);

    // The command-line tool is a program: nobody refers to it.
    [Fact]
    public void PublicTypes_OfTheCommandLine_AreNone() => Law.Holds(
        from file in Repository.CSharp(Path.Combine("src", "KohakuRiver.Cli"))
        from line in File.ReadLines(file)
        where line.StartsWith("public ", StringComparison.Ordinal)
        select $"{Repository.Show(file)}: {line}");

    [Fact]
    public void Lines_OfSamples_SayWhatCounts()
    {
        Assert.Equal(
            [
                "abstract class KohakuRiver.Auth.Architecture.Tests.Api.ApiSample<TKey, TValue> : System.IDisposable where TKey : notnull where TValue : class",
                "    TValue? Find<TOther>(TKey key, System.Collections.Generic.IReadOnlyList<string?>? names = null, int most = 5) where TOther : class, new()",
                "    const string Name = \"sample\"",
                "    int Count { get; protected set; }",
                "    protected ApiSample()",
                "    protected abstract System.Threading.Tasks.Task<System.DateTimeOffset?> WhenAsync(out string? text, System.Threading.CancellationToken ct = default)",
                "    required string Title { get; init; }",
                "    virtual void Dispose()",
            ],
            PublicApi.Of([typeof(ApiSample<,>)]));
    }

    private static bool IsComponent(Type? type) => type is not null && (type.Name == "ComponentBase" || IsComponent(type.BaseType));
}
