namespace PartnerPortal.Features.Tasks;

/// <summary>Something that staff, or the people of a partner's account, have to do. On pages it is called a task.</summary>
public sealed class TodoTask
{
    public const int TitleLength = 200;
    public const int KeyLength = 120;

    private TodoTask()
    {
    }

    internal TodoTask(TaskDraft draft, string title, long? createdByUserId, DateTime now) =>
        (Title, ForAccountId, ClientId, DueAt, Key, CreatedByUserId, CreatedAt) = (title, draft.ForAccountId, draft.ClientId, draft.DueAt, draft.Key, createdByUserId, now);

    public long Id { get; private set; }

    /// <summary>As it was typed; empty when the account that it is for or about was closed.</summary>
    public string Title { get; private set; } = "";

    /// <summary>The partner's account whose people have to do it; null for staff.</summary>
    public long? ForAccountId { get; private set; }

    /// <summary>The account of the client that it is about; null for none.</summary>
    public long? ClientId { get; private set; }

    /// <summary>UTC; null for no particular day.</summary>
    public DateTime? DueAt { get; private set; }

    /// <summary>Unique; makes it once, whoever asks again. Null when it was typed by hand.</summary>
    public string? Key { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; private set; }

    /// <summary>Null when the portal did, for an automation.</summary>
    public long? CreatedByUserId { get; private set; }

    /// <summary>UTC; null while it is open.</summary>
    public DateTime? DoneAt { get; private set; }

    public long? DoneByUserId { get; private set; }

    /// <returns>False when it is done already.</returns>
    public bool Complete(long? userId, DateTime now)
    {
        if (DoneAt is not null)
        {
            return false;
        }

        (DoneAt, DoneByUserId) = (now, userId);
        return true;
    }

    /// <returns>False when it is open already.</returns>
    public bool Reopen()
    {
        if (DoneAt is null)
        {
            return false;
        }

        (DoneAt, DoneByUserId) = (null, null);
        return true;
    }
}
