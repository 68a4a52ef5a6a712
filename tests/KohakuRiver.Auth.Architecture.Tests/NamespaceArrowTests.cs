namespace KohakuRiver.Auth.Architecture.Tests;

/// <summary>Inside the core: which part may refer to which, down into method bodies.</summary>
public sealed class NamespaceArrowTests
{
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Model"] = [],
        ["Secrets"] = [],
        ["Rules"] = ["Model"],

        // Rules for the actor alone: a write stands on the credential an actor was resolved from (decision 0013).
        ["Stores"] = ["Model", "Secrets", "Rules"],
        ["Passwords"] = ["Model", "Rules", "Options", "Diagnostics"],
        ["Diagnostics"] = ["Model", "Rules"],
        ["Services"] = ["Model", "Rules", "Stores", "Secrets", "Passwords", "Diagnostics", "Options"],
    };

    // These parts are plain C#: nothing but the base library.
    private static readonly string[] Plain = ["Model", "Secrets", "Rules", "Stores"];

    public static TheoryData<string> Parts { get; } = new(Arrows.Keys);

    [Fact]
    public void Parts_OfTheCore_AllHaveArrows() => Law.Holds(
        Libraries.Core.GetTypes().Select(Libraries.PartOf).OfType<string>().Where(p => p.Length > 0).Distinct(StringComparer.Ordinal).Except(Arrows.Keys, StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Parts))]
    public void Types_OfAPart_ReferToItsArrowsOnly(string part) => Law.Holds(
        from type in Libraries.CoreTypes(part)
        from other in ReferencedTypes.Of(type)
        let target = Target(other)
        where target is not null && target != part && !Arrows[part].Contains(target, StringComparer.Ordinal)
        select $"{type.FullName} -> {other.FullName}");

    [Fact]
    public void Types_OfThePlainParts_UseTheBaseLibraryOnly() => Law.Holds(
        from part in Plain
        from type in Libraries.CoreTypes(part)
        from other in ReferencedTypes.Of(type)
        where other.Assembly != Libraries.Core && !other.Assembly.GetName().Name!.StartsWith("System.", StringComparison.Ordinal)
        select $"{type.FullName} -> {other.FullName} of {other.Assembly.GetName().Name}");

    [Fact]
    public void PasswordLibraries_InTheCore_AreUsedByPasswordsOnly() => Law.Holds(
        from type in Libraries.Core.GetTypes()
        where !type.IsNested && Libraries.PartOf(type) is not (null or "Passwords")
        from other in ReferencedTypes.Of(type)
        where other.Assembly.GetName().Name is "zxcvbn-core" or "BCrypt.Net-Next"
        select $"{type.FullName} -> {other.FullName}");

    [Theory]
    [InlineData("Model")]
    [InlineData("Secrets")]
    [InlineData("Rules")]
    [InlineData("Stores")]
    [InlineData("Passwords")]
    public void Types_OfAFilledPart_AreFound(string part) => Assert.NotEmpty(Libraries.CoreTypes(part));

    /// <summary>The part; for the root "Options" where it is configuration, "Root" otherwise.</summary>
    private static string? Target(Type type) => Libraries.PartOf(type) switch
    {
        "" when type.Name.EndsWith("Options", StringComparison.Ordinal) || type.IsEnum => "Options",
        "" => "Root",
        var part => part,
    };
}
