namespace KohakuRiver.Auth.Import.Tests;

/// <summary>New names on the command line and in files.</summary>
public sealed class RenamesTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void Arguments_NewNames_AreReadFromOptionsAndFiles()
    {
        File.WriteAllText(file, "\uFEFF# people of the lab\n\nme@example.org=me.too\r\na=b=abc\n李雷 = li.lei\n");

        var read = ImportArguments.Read(["old.db", "--rename", "Bob=bob.b", "--rename-file", file, "--rename", "bob=bob.c"], out var fault);

        Assert.Null(fault);
        Assert.Equal(
            [("Bob", "bob.b"), ("me@example.org", "me.too"), ("a=b", "abc"), ("李雷 ", "li.lei"), ("bob", "bob.c")],
            read!.Options.Renames.Select(r => (r.Key, r.Value)));
    }

    [Theory]
    [InlineData("--rename needs a value", "--rename")]
    [InlineData("--rename-file needs a value", "--rename-file")]
    [InlineData("\"bob\" is not old=new", "--rename", "bob")]
    [InlineData("\"=bob\" is not old=new", "--rename", "=bob")]
    [InlineData("The new name in \"a=ü\" is not valid", "--rename", "a=ü")]
    [InlineData("Two new names are specified for \"a\": one and two.", "--rename", "a=one", "--rename", "a=two")]
    [InlineData("The file of new names cannot be read", "--rename-file", "/no/such/file")]
    public void Arguments_NewNamesThatCannotBeUsed_SayWhy(string why, params string[] args)
    {
        Assert.Null(ImportArguments.Read(["old.db", .. args], out var fault));
        Assert.Contains(why, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_FaultInAFile_SaysInWhichLine()
    {
        File.WriteAllText(file, "a=one\nb=\n");
        Assert.Null(ImportArguments.Read(["old.db", "--rename-file", file], out var fault));
        Assert.StartsWith($"{file}, line 2: ", fault, StringComparison.Ordinal);

        File.WriteAllBytes(file, [0x61, 0xFC, 0x3D, 0x62]);
        Assert.Null(ImportArguments.Read(["old.db", "--rename-file", file], out fault));
        Assert.Contains("cannot be read", fault, StringComparison.Ordinal);
    }
}
