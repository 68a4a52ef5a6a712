using System.Reflection;
using System.Text.Json;
using KohakuRiver.Cli.Tests.EndToEnd;

namespace KohakuRiver.Cli.Tests.Commands;

/// <summary>docs/cli.md and the tool say the same.</summary>
public sealed class DocumentationTests
{
    private static readonly string Text = File.ReadAllText(Built.PathOf("Documentation"));

    public static TheoryData<Type> Shapes() =>
    [
        typeof(User), typeof(Session), typeof(Token), typeof(CreatedToken), typeof(ResetLink), typeof(Group), typeof(Invitation),
        typeof(Approval), typeof(ClusterTask), typeof(TaskRow), typeof(Submitted),
        typeof(BulkResult), typeof(TaskResult), typeof(VpsResult), typeof(Vps), typeof(VpsAssigned), typeof(VpsAccess),
        typeof(Executed), typeof(Node), typeof(AuditEntry), typeof(DoneResult), typeof(LoginShown), typeof(StatusShown),
        typeof(ErrorShown),
    ];

    [Fact]
    public void EveryCommand_IsInTheTable() =>
        Assert.All(CommandLineTests.AllLeaves(), leaf => Assert.Matches($@"`{string.Join(' ', leaf.Path)}(`| )", Text));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Fields_OfEachJsonShape_AreListedInOrder(Type shape) => Assert.Contains(FieldsOf(shape), Text, StringComparison.Ordinal);

    [Fact]
    public void Transcript_HoldsNoSecret() => Assert.DoesNotMatch("kr[a-z]_[A-Za-z0-9]{9,}", Text);

    private static string FieldsOf(Type shape) =>
        "`" + string.Join(' ', shape.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p =>
            p.Name != "EqualityContract").Select(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name))) + "`";
}
