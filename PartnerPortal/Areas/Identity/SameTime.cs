namespace PartnerPortal.Areas.Identity;

/// <summary>
/// Answers that must not tell whether an address has an account are given after the same time, however much was done for them. The time is well above what either
/// way takes (a password hash and a small transaction, 60 to 150 ms on a small machine).
/// </summary>
public static class SameTime
{
    private static readonly TimeSpan Span = TimeSpan.FromMilliseconds(400);

    public static async Task<T> AnswerAsync<T>(TimeProvider clock, Func<Task<T>> work)
    {
        var started = clock.GetTimestamp();
        var result = await work();
        var rest = Span - clock.GetElapsedTime(started);
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, clock);
        }

        return result;
    }
}
