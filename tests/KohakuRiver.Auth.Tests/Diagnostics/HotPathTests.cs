using System.Diagnostics.Metrics;

namespace KohakuRiver.Auth.Tests;

/// <summary>What is counted at every request costs no memory, whether or not somebody listens.</summary>
public sealed class HotPathTests
{
    private const int Checks = 2_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Check_OfAKeptCredential_AllocatesNothingMoreForBeingCounted(bool isListenedTo)
    {
        using var host = new AuthHarness();
        await host.AddUserAsync(Role.User, "uma");
        var secret = (await host.Logins.LogInAsync("uma", AuthHarness.Password, new ClientInfo(AuthHarness.Address))).Require().Secret
            .Reveal();
        var seen = 0L;

        // By hand: a collector keeps each measurement, which is memory of its own on this thread.
        using var listener = new MeterListener();
        if (isListenedTo)
        {
            listener.InstrumentPublished = (instrument, l) =>
            {
                if (ReferenceEquals(instrument.Meter, host.Get<AuthMetrics>().Meter))
                {
                    l.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>((_, value, _, _) => seen += value);
            listener.Start();
        }

        Assert.True(Check(new byte[1]) >= Checks, "What is thrown away is not noticed, so that nothing below means anything.");
        Assert.Equal(0, Check(null));
        Assert.Equal(isListenedTo, seen >= Checks);

        // The in-memory stores answer without waiting, so that all of it runs on this thread.
        long Check(byte[]? waste)
        {
            for (var i = 0; i < Checks; i++)
            {
                Once();
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Checks; i++)
            {
                Once();
                waste = waste is null ? null : new byte[1];
            }

            GC.KeepAlive(waste);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        void Once()
        {
            var found = host.Credentials.FindSessionActorAsync(secret, AuthHarness.Address);
            Assert.True(found.IsCompletedSuccessfully && found.Result is not null);
        }
    }
}
