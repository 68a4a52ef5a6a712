using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

public sealed class FieldNamesTests
{
    [Theory]
    [InlineData("DisplayName", "display_name")]
    [InlineData("display_name", "display_name")]
    [InlineData("RequiredMemoryBytes", "required_memory_bytes")]
    [InlineData("Username", "username")]
    [InlineData("MaxUses", "max_usage")]
    [InlineData("AnyCode", "token")]
    [InlineData("targets[0].user", "targets[0].user")]
    public void Name_OfAField_IsThatOfTheContract(string field, string expected) => Assert.Equal(expected, FieldNames.ToWire(field));

    /// <summary>Each property of a command that is also in the contract has the contract's name.</summary>
    [Theory]
    [InlineData(typeof(CreateUserCommand))]
    [InlineData(typeof(UpdateUserCommand))]
    [InlineData(typeof(CreateGroupCommand))]
    [InlineData(typeof(UpdateGroupCommand))]
    [InlineData(typeof(CreateInvitationCommand))]
    [InlineData(typeof(CreateTokenCommand))]
    [InlineData(typeof(RegisterCommand))]
    [InlineData(typeof(SettingsChange))]
    public void Properties_OfCommands_AreFieldsOfTheContract(Type command)
    {
        var contract = typeof(FieldNames).Assembly.GetTypes()
            .Where(t => t.Name.EndsWith("Request", StringComparison.Ordinal))
            .SelectMany(t => t.GetProperties())
            .Select(p => FieldNames.ToWire(p.Name))
            .Append("max_usage")
            .Append("token")
            .ToHashSet(StringComparer.Ordinal);
        string[] notSent = ["id", "client", "without_password"];
        Assert.Empty(command.GetProperties().Select(p => FieldNames.ToWire(p.Name)).Except(contract).Except(notSent));
    }

    [Fact]
    public void Refusal_OfAService_NamesTheFieldsOfTheContract()
    {
        var answer = Assert.IsType<ProblemResult>(Refusal.Field(nameof(CreateUserCommand.DisplayName), "Too long.").ToHttpResult());
        Assert.Equal((400, "display_name: Too long."), (answer.Status, answer.Detail));
        Assert.Equal(["display_name"], answer.Errors!.Keys);
    }

    [Theory]
    [InlineData("username", "username: Too long.")]
    [InlineData("username password", "username: Too long. password: Too long.")]
    [InlineData("a b c d", "a: Too long. b: Too long. c: Too long.")]
    public void Detail_OfFaultyFields_NamesTheFirstThree(string fields, string expected)
    {
        var faults = fields.Split(' ').Aggregate(new FieldFaults(), (all, field) => all.Add(field, "Too long."));
        Assert.Equal(expected, Assert.IsType<ProblemResult>(Problems.From(faults.ToRefusal()!)).Detail);
    }

    [Fact]
    public void Detail_ThatNamesItsField_StaysAsItIs() => Assert.Equal(
        "This username is taken.", Assert.IsType<ProblemResult>(Problems.From(Refusals.UsernameTaken)).Detail);

    [Fact]
    public void UnknownField_WithCapitals_IsToldBackAsItWasSent()
    {
        using var body = JsonDocument.Parse("""{"DisplayName":"x"}""");
        var refusal = JsonFaults.Find(body.RootElement, ContractsJson.Strict.GetTypeInfo(typeof(LoginRequest))!)!;
        Assert.Contains("DisplayName", Assert.IsType<ProblemResult>(Problems.From(refusal)).Errors!.Keys);
    }

    [Fact]
    public void FaultyParameter_OfAQuery_IsToldBackAsItWasSent()
    {
        var query = new StrictQuery(new QueryCollection());
        query.Fault("userId", "Must be a number.");
        Assert.Contains("userId", Assert.IsType<ProblemResult>(Problems.From(query.Refusal!)).Errors!.Keys);
    }
}
