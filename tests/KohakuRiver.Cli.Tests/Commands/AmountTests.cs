namespace KohakuRiver.Cli.Tests.Commands;

public sealed class AmountTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("never", null)]
    [InlineData("12h", 12)]
    [InlineData("30d", 720)]
    [InlineData("2W", 336)]
    public void Duration_ThatIsOne_IsInHours(string? text, int? hours) => Assert.Equal(hours, Durations.Hours(text, "--expires"));

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("12")]
    [InlineData("0h")]
    [InlineData("-3d")]
    [InlineData("1.5d")]
    [InlineData("99999999999d")]
    [InlineData("600w")]
    [InlineData("3 d")]
    public void Duration_ThatIsNone_IsAUsageError(string text) =>
        Assert.Equal(ExitCodes.Usage, Assert.Throws<CliException>(() => Durations.Hours(text, "--expires")).ExitCode);

    [Theory]
    [InlineData("1024", 1024)]
    [InlineData("512M", 536870912)]
    [InlineData("1.5g", 1610612736)]
    [InlineData("4GiB", 4294967296)]
    [InlineData("2KB", 2048)]
    public void Size_ThatIsOne_IsInBytes(string text, long bytes) => Assert.Equal(bytes, ByteSizes.Parse(text, "--memory"));

    [Theory]
    [InlineData("")]
    [InlineData("G")]
    [InlineData("B")]
    [InlineData("0")]
    [InlineData("-1G")]
    [InlineData("0.0001")]
    [InlineData("1,5G")]
    [InlineData("9999999T")]
    [InlineData("lots")]
    public void Size_ThatIsNone_IsAUsageError(string text) =>
        Assert.Equal(ExitCodes.Usage, Assert.Throws<CliException>(() => ByteSizes.Parse(text, "--memory")).ExitCode);
}
