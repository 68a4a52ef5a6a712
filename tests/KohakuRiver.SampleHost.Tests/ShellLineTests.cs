using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost.Tests;

public sealed class ShellLineTests
{
    [Theory]
    [InlineData("echo hello world", "echo", "hello", "world")]
    [InlineData("  echo \t a  ", "echo", "a")]
    [InlineData("echo ''", "echo", "")]
    [InlineData("echo 'a\\b \"c\"'", "echo", "a\\b \"c\"")]
    [InlineData("echo \"a 'b' \\\" \\$ \\` \\\\ \\n\"", "echo", "a 'b' \" $ ` \\ \\n")]
    [InlineData("echo a'b c'\"d e\"f", "echo", "ab cd ef")]
    [InlineData("echo a\\ b\\'c", "echo", "a b'c")]
    [InlineData("echo $HOME `x` * ? [a] ~ {1,2} #no !x", "echo", "$HOME", "`x`", "*", "?", "[a]", "~", "{1,2}", "#no", "!x")]
    [InlineData("echo 'a;b' \"c|d\" e\\&f", "echo", "a;b", "c|d", "e&f")]
    [InlineData("echo a\\\nb \"c\\\nd\"", "echo", "ab", "cd")]
    [InlineData("echo 'a\nb'", "echo", "a\nb")]
    [InlineData("echo a\n", "echo", "a")]
    public void Line_TakenApart_HasTheWordsOfAShell(string line, params string[] words)
    {
        Assert.Equal(words, ShellLine.Split(line).Value);

        // What the answer says can be typed again.
        Assert.Equal(words, ShellLine.Split(ShellLine.Join(words)).Value);
    }

    [Theory]
    [InlineData("echo a; id", "An unquoted ;")]
    [InlineData("echo a && id", "An unquoted &")]
    [InlineData("echo a | id", "An unquoted |")]
    [InlineData("echo a > /tmp/x", "An unquoted >")]
    [InlineData("echo a < /tmp/x", "An unquoted <")]
    [InlineData("echo $(id)", "An unquoted (")]
    [InlineData("echo a\nid", "A line break")]
    [InlineData("echo a\rid", "A line break")]
    [InlineData("echo 'a", "A ' is not closed.")]
    [InlineData("echo \"a", "A \" is not closed.")]
    [InlineData("echo \"a\\", "A \" is not closed.")]
    [InlineData("echo a\\", "Nothing follows")]
    [InlineData(" \t", "A command is needed.")]
    public void Line_ThatNeedsAShell_IsRefused(string line, string why)
    {
        var refusal = ShellLine.Split(line).Refusal!;

        Assert.Equal(RefusalKind.Invalid, refusal.Kind);
        Assert.StartsWith(why, Assert.Single(refusal.Errors!["command"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Join_OfALongLine_IsCut() => Assert.Equal(301, ShellLine.Join(["echo", new string('a', 1000)]).Length);
}
