using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using KohakuRiver.Auth.AspNetCore.Tests.Api.Input;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Security;

/// <summary>
/// Every operation of the served API description with every field and parameter gone wrong, by a list and by chance: never a 5xx,
/// never a change after a refusal, always a problem document, and never long to wait for.
/// </summary>
public sealed class OpenApiFuzzTests
{
    // How often chance has its turn with each parameter, each field, and the whole body of an operation.
    private const int AtParameters = 2;
    private const int AtFields = 4;
    private const int AtBodies = 12;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    [Fact]
    [Trait("Requirement", "R2"), Trait("Requirement", "R9"), Trait("Requirement", "V2.2.1"), Trait("Requirement", "V16.5.4")]
    public async Task EveryOperation_WithEveryFieldGoneWrong_RefusesCleanlyAndInTime()
    {
        await using var host = await TestHost.StartApiAsync();
        var run = await Run.StartAsync(host);
        var document = (await host.Master.GetAsync("/api/openapi.json")).Expect(200).Json;
        var operations = FuzzOperation.ReadAll(document);
        Assert.Equal(EndpointTable.Rows.Count - 1, operations.Count);
        foreach (var operation in operations.Where(o => !o.IsStream))
        {
            await run.FuzzAsync(operation);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{run.Sent} requests, {run.Refused} refused, {run.Changed} changed something; the slowest took "
            + $"{run.Slowest.TotalMilliseconds:F0} ms: {run.SlowestCall}");
        Assert.True(
            run.Sent > 3000 && run.Refused > run.Sent / 2 && run.Changed > 10,
            $"{run.Sent} requests, {run.Refused} refused, {run.Changed} changes: too few to show anything.");
        Assert.True(run.Slowest < Longest, $"{run.SlowestCall} took {run.Slowest}");
        Assert.Empty(host.Logs.Texts());
    }

    private sealed class Run(TestHost host, TestUser admin, TestUser user, IReadOnlyDictionary<string, BodyCase> samples, string state)
    {
        private string known = state;

        internal int Sent { get; private set; }

        internal int Refused { get; private set; }

        internal int Changed { get; private set; }

        internal TimeSpan Slowest { get; private set; }

        internal string SlowestCall { get; private set; } = "";

        internal static async Task<Run> StartAsync(TestHost host)
        {
            var admin = await host.AddAsync(Role.Admin);
            var user = await host.AddAsync(Role.User, "mary");
            var group = (await host.Master.PostAsync("/api/auth/groups", new { name = "lab" })).Expect(200).Id;
            await host.SubmitAsync(user, "t-1");
            var samples = BodyCase.All(user.Id, group).ToDictionary(c => c.Call, StringComparer.Ordinal);
            return new Run(host, admin, user, samples, await StateDump.OfAsync(host));
        }

        internal async Task FuzzAsync(FuzzOperation operation)
        {
            var sample = samples.GetValueOrDefault(operation.Call);
            var path = sample?.Path ?? EndpointTable.Find(operation.Call).Path;
            var good = sample?.Good ?? EndpointTable.Find(operation.Call).Body;
            var client = operation.Call == "POST /api/auth/password" ? admin.Session : admin.Bearer;
            foreach (var parameter in operation.PathParameters)
            {
                foreach (var value in FuzzSource.PathValues)
                {
                    await SendAsync(client, operation, WithPath(parameter, value), good);
                }
            }

            foreach (var parameter in operation.QueryParameters.Append("no_such_parameter"))
            {
                foreach (var value in FuzzSource.QueryValues)
                {
                    await SendAsync(client, operation, $"{path}?{parameter}={value}", good);
                }

                await SendAsync(client, operation, $"{path}?{parameter}=1&{parameter}=2", good);
            }

            foreach (var body in operation.Fields.SelectMany(f => FuzzSource.BodiesFor(good!, f)).Concat(FuzzSource.WholeBodies))
            {
                await SendAsync(client, operation, path, body);
            }

            foreach (var body in FuzzSource.WholeBodies)
            {
                await SendAsync(user.Bearer, operation, path, body);
                await SendAsync(host.Anonymous, operation, path, body);
            }

            // One after another: each is held to the state that the one before has left.
            (int Turns, IGen<(string Path, string? Body)> Requests)[] byChance =
            [
                .. operation.PathParameters.Select(
                    p => (AtParameters, FuzzSource.PathValuesByChance.Select(value => (WithPath(p, value), good)))),
                .. operation.QueryParameters.Append("no_such_parameter").Select(
                    p => (AtParameters, FuzzSource.QueryValuesByChance.Select(value => ($"{path}?{p}={value}", good)))),
                .. operation.Fields.Select(f => (AtFields, FuzzSource.BodiesByChance(good!, f).Select(body => (path, (string?)body)))),
                (AtBodies, FuzzSource.WholeBodiesByChance(operation.Fields).Select(body => (path, (string?)body))),
            ];
            await Gen.Frequency(byChance).SampleAsync(
                request => SendAsync(client, operation, request.Path, request.Body),
                iter: byChance.Sum(c => c.Turns), threads: 1, print: request => Shown(operation, request.Path, request.Body));

            string WithPath(string parameter, string value) =>
                EndpointTable.Find(operation.Call).Path == path ? WithId(operation, parameter, value) : path;
        }

        private static string Shown(FuzzOperation operation, string path, string? body) =>
            $"{operation.Method} {(path.Length < 200 ? path : path[..200])} {(body?.Length < 300 ? body : "…")}";

        private static string WithId(FuzzOperation operation, string parameter, string value)
        {
            var pattern = operation.Pattern.Replace($"{{{parameter}}}", value, StringComparison.Ordinal);
            return (EndpointTable.Find(operation.Call) with { Call = $"{operation.Method} {pattern}" }).Path;
        }

        private async Task SendAsync(ApiClient client, FuzzOperation operation, string path, string? body)
        {
            var isRead = operation.Method == HttpMethod.Get;
            var shown = Shown(operation, path, body);
            var start = TimeProvider.System.GetTimestamp();
            var answer = await client.SendAsync(operation.Method, path, isRead ? null : body);
            var took = TimeProvider.System.GetElapsedTime(start);
            if (took > Slowest)
            {
                (Slowest, SlowestCall) = (took, shown);
            }

            Sent++;
            Assert.True(answer.Status < 500, $"{shown}: {answer.Status} {answer.Text}");
            Assert.True(
                operation.Statuses.Contains(answer.Status),
                $"{shown} answered {answer.Status}, which its description does not name: {answer.Text}");
            if (answer.Status >= 400)
            {
                Refused++;
                answer.ExpectProblem(answer.Status);
            }

            var before = known;
            known = isRead && answer.Status < 400 ? known : await StateDump.OfAsync(host);
            Assert.True(
                answer.Status < 400 || before == known, $"{shown} answered {answer.Status} and changed something: {before}\n{known}");
            Changed += before == known ? 0 : 1;
        }
    }
}
