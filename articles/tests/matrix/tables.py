# ruff: noqa: E501  (a row is one line)
"""Who gets what at which address. A person reads these tables; test_matrix walks every cell.

Cells: a status · `in`: sent to the log-in · `302`: sent on, nothing stored · `done`: stored, then
sent on · `state`: see the table of states. A method has a row of its own or falls under `*`; HEAD
answers as GET. Only `done`, and what is marked with `!`, may change the database.
"""

# What each column may do. `view_*` is every such right in this app. `contributor`: has begun none
# of the stories. `elsewhere`: an editor whose desk has none of their categories.
ROLES = {
    "anon": "nobody",
    "account": "an account that is not for the newsroom",
    "norights": "staff",
    "viewer": "staff view_* others_article",
    "writer": "staff view_* others_article add_article change_article add_tag add_author add_photo"
    " change_photo change_front",
    "editor": "staff view_* add_article change_article delete_article publish_article"
    " withdraw_article share_article review_article others_article add_tag add_author add_category"
    " change_category decide_importitem add_front change_front publish_front",
    "super": "staff everything",
    "contributor": "staff group:contributor",
    "elsewhere": "staff group:editor desk:empty",
    "admin": "staff group:administrator",
    "left": "staff everything and has left the newsroom",
}

# Models whose pages answer alike.
KINDS = {
    "library": "articles_photo articles_video articles_attachment",
    "file": "articles_video articles_attachment",
    "record": "articles_revision articles_version articles_redaction articles_importrun"
    " articles_importitem articles_auditentry",
    "place": "articles_tag articles_author",
    "desk": "articles_desk",
    "told": "password_reset_done password_reset_complete",
    "act": "publish schedule correct unschedule withdraw address submit approve sendback assign note",
    "save": "history compare restore merge",
    "house": "auth_group auth_user sites_site redirects_redirect",
    "log": "axes_accessattempt axes_accesslog axes_accessfailurelog",
}

DESK = """
page                                    method  anon  account norights viewer writer editor super contributor elsewhere admin left
admin:index                             *       in    in      200      200    200    200    200   200         200       200   in
admin:login                             GET     200   200     302      302    302    302    302   302         302       302   200
admin:login                             HEAD    200   200     200      200    200    200    200   200         200       200   200
admin:login                             DELETE  405   405     405      405    405    405    405   405         405       405   405
admin:login                             *       200   200     200      200    200    200    200   200         200       200   200
admin:logout                            POST    302   302     200!     200!   200!   200!   200!  200!        200!      200!  302
admin:logout                            OPTIONS 302   302     200      200    200    200    200   200         200       200   302
admin:logout                            *       302   302     405      405    405    405    405   405         405       405   302
admin:second_factor                     GET     in    in      200      200    200    200    200   200         200       200   in
admin:second_factor                     POST    in    in      200      200    200    200    200   200         200       200   in
admin:second_factor                     OPTIONS in    in      200      200    200    200    200   200         200       200   in
admin:second_factor                     *       in    in      405      405    405    405    405   405         405       405   in
admin_password_reset                    POST    302   302     302      302    302    302    302   302         302       302   302
admin_password_reset                    DELETE  405   405     405      405    405    405    405   405         405       405   405
admin_password_reset                    *       200   200     200      200    200    200    200   200         200       200   200
{told}                                  GET     200   200     200      200    200    200    200   200         200       200   200
{told}                                  OPTIONS 200   200     200      200    200    200    200   200         200       200   200
{told}                                  *       405   405     405      405    405    405    405   405         405       405   405
password_reset_confirm                  *       200   200     200      200    200    200    200   200         200       200   200
admin:password_change                   DELETE  in    in      405      405    405    405    405   405         405       405   in
admin:password_change                   *       in    in      200      200    200    200    200   200         200       200   in
admin:password_change_done              GET     in    in      200      200    200    200    200   200         200       200   in
admin:password_change_done              OPTIONS in    in      200      200    200    200    200   200         200       200   in
admin:password_change_done              *       in    in      405      405    405    405    405   405         405       405   in
admin:jsi18n                            GET     in    in      200      200    200    200    200   200         200       200   in
admin:jsi18n                            OPTIONS in    in      200      200    200    200    200   200         200       200   in
admin:jsi18n                            *       in    in      405      405    405    405    405   405         405       405   in
admin:app_list                          *       in    in      404      200    200    200    200   200         200       200   in
admin:view_on_site                      *       in    in      403      302    302    302    302   302         302       302   in
admin:(?P<url>.*)$                      *       in    in      404      404    404    404    404   404         404       404   in

handbook                                *       in    in      200      200    200    200    200   200         200       200   in
handbook-chapter                        *       in    in      200      200    200    200    200   200         200       200   in
handbook-picture                        *       in    in      200      200    200    200    200   200         200       200   in

admin:autocomplete                      GET     in    in      403      403    403    403    200   403         403       200   in
admin:autocomplete                      OPTIONS in    in      200      200    200    200    200   200         200       200   in
admin:autocomplete                      *       in    in      405      405    405    405    405   405         405       405   in
admin:articles_article_pick             GET     in    in      403      200    200    200    200   200         200       200   in
admin:articles_article_pick             OPTIONS in    in      200      200    200    200    200   200         200       200   in
admin:articles_article_pick             *       in    in      405      405    405    405    405   405         405       405   in

admin:articles_article_changelist       *       in    in      403      200    200    200    200   200         200       200   in
admin:articles_article_add              POST    in    in      403      403    done   done   done  done        done      done  in
admin:articles_article_add              *       in    in      403      403    200    200    200   200         200       200   in
admin:articles_article_add+publish      POST    in    in      403      403    403    done   done  403         done      done  in

admin:articles_article_waiting          *       in    in      403      200    200    200    200   403         403       200   in
admin:articles_article_connect          POST    in    in      403      403    done   done   done  403         403       done  in
admin:articles_article_connect          *       in    in      403      403    200    200    200   403         403       200   in

admin:articles_importitem_source        GET     in    in      403      200    200    200    200   403         404       200   in
admin:articles_importitem_source        *       in    in      405      405    405    405    405   405         405       405   in
admin:articles_importitem_take          POST    in    in      403      403    403    done   done  403         404       done  in
admin:articles_importitem_take          *       in    in      405      405    405    405    405   405         405       405   in
admin:articles_importitem_merge         POST    in    in      403      403    403    done   done  403         404       done  in
admin:articles_importitem_merge         *       in    in      405      405    405    405    405   405         405       405   in
admin:articles_importitem_keep          POST    in    in      403      403    403    done   done  403         404       done  in
admin:articles_importitem_keep          *       in    in      405      405    405    405    405   405         405       405   in
admin:articles_importitem_dismiss       POST    in    in      403      403    403    done   done  403         404       done  in
admin:articles_importitem_dismiss       *       in    in      405      405    405    405    405   405         405       405   in

admin:{library}_changelist              *       in    in      403      200    200    200    200   200         200       200   in
admin:{library}_history                 *       in    in      403      200    200    200    200   200         200       200   in
admin:{library}_object                  *       in    in      302      302    302    302    302   302         302       302   in
admin:articles_photo_many               POST    in    in      403      403    200!   403    200!  403         200!      200!  in
admin:articles_photo_many               *       in    in      403      403    200    403    200   403         200       200   in
admin:articles_photo_words              POST    in    in      403      403    done   403    done  403         done      done  in
admin:articles_photo_words              *       in    in      403      403    200    403    200   403         200       200   in
admin:articles_photo_add                POST    in    in      403      403    done   403    done  403         done      done  in
admin:articles_photo_add                *       in    in      403      403    200    403    200   403         200       200   in
admin:articles_photo_change             POST    in    in      403      403    done   403    done  403         done      done  in
admin:articles_photo_change             *       in    in      403      200    200    200    200   200         200       200   in
admin:articles_photo_delete             *       in    in      403      403    403    403    200   403         403       200   in
admin:{file}_add                POST    in    in      403      403    403    403    done  403         done      done  in
admin:{file}_add                *       in    in      403      403    403    403    200   403         200       200   in
admin:{file}_change             POST    in    in      403      403    403    403    done  403         done      done  in
admin:{file}_change             *       in    in      403      200    200    200    200   200         200       200   in
admin:{file}_delete             POST    in    in      403      403    403    403    done  403         403       done  in
admin:{file}_delete             *       in    in      403      403    403    403    200   403         403       200   in

admin:{record}_changelist               *       in    in      403      200    200    200    200   403         200       200   in
admin:{record}_change                   POST    in    in      403      403    403    403    403   403         403       403   in
admin:{record}_change                   *       in    in      403      200    200    200    200   403         302       200   in
admin:{record}_history                  *       in    in      403      200    200    200    200   403         302       200   in
admin:{record}_object                   *       in    in      302      302    302    302    302   302         302       302   in
admin:{record}_add                      *       in    in      403      403    403    403    403   403         403       403   in
admin:{record}_delete                   *       in    in      403      403    403    403    403   403         403       403   in

admin:articles_category_changelist      *       in    in      403      200    200    200    200   200         200       200   in
admin:articles_category_add             POST    in    in      403      403    403    done   done  403         403       done  in
admin:articles_category_add             *       in    in      403      403    403    200    200   403         403       200   in
admin:articles_category_change          POST    in    in      403      403    403    done   done  403         403       done  in
admin:articles_category_change          *       in    in      403      200    200    200    200   200         200       200   in
admin:articles_category_delete          POST    in    in      403      403    403    403    done  403         403       403   in
admin:articles_category_delete          *       in    in      403      403    403    403    200   403         403       403   in
admin:articles_category_history         *       in    in      403      200    200    200    200   200         200       200   in
admin:articles_category_object          *       in    in      302      302    302    302    302   302         302       302   in
admin:articles_category_move            POST    in    in      403      403    403    200!   200!  403         403       200!  in
admin:articles_category_move            *       in    in      403      403    403    200    200   403         403       200   in

admin:articles_front_changelist         *       in    in      403      200    200    200    200   403         200       200   in
admin:articles_front_add                POST    in    in      403      403    403    done   done  403         403       done  in
admin:articles_front_add                *       in    in      403      403    403    200    200   403         200       200   in
admin:articles_front_change             POST    in    in      403      403    done   done   done  403         404       done  in
admin:articles_front_change             *       in    in      403      200    200    200    200   403         404       200   in
admin:articles_front_preview            *       in    in      403      200    200    200    200   403         404       200   in
admin:articles_front_publish            POST    in    in      403      403    403    done   done  403         404       done  in
admin:articles_front_publish            *       in    in      403      403    403    200    200   403         404       200   in
admin:articles_front_schedule           POST    in    in      403      403    403    done   done  403         404       done  in
admin:articles_front_schedule           *       in    in      403      403    403    200    200   403         404       200   in
admin:articles_front_unschedule         POST    in    in      403      403    403    done   done  403         404       done  in
admin:articles_front_unschedule         *       in    in      403      403    403    200    200   403         404       200   in
admin:articles_front_withdraw           POST    in    in      403      403    403    done   done  403         404       done  in
admin:articles_front_withdraw           *       in    in      403      403    403    200    200   403         404       200   in
admin:articles_front_restore            POST    in    in      403      403    done   done   done  403         404       done  in
admin:articles_front_restore            *       in    in      403      403    200    200    200   403         404       200   in
admin:articles_front_delete             *       in    in      403      403    403    403    403   403         403       403   in
admin:articles_front_history            *       in    in      403      200    200    200    200   403         404       200   in
admin:articles_front_object             *       in    in      302      302    302    302    302   302         302       302   in

admin:{place}_changelist                *       in    in      403      200    200    200    200   200         200       200   in
admin:{place}_add                       POST    in    in      403      403    done   done   done  403         done      done  in
admin:{place}_add                       *       in    in      403      403    200    200    200   403         200       200   in
admin:{place}_change                    POST    in    in      403      403    403    403    done  403         done      done  in
admin:{place}_change                    *       in    in      403      200    200    200    200   200         200       200   in
admin:{place}_delete                    POST    in    in      403      403    403    403    done  403         403       403   in
admin:{place}_delete                    *       in    in      403      403    403    403    200   403         403       403   in
admin:{place}_history                   *       in    in      403      200    200    200    200   200         200       200   in
admin:{place}_object                    *       in    in      302      302    302    302    302   302         302       302   in

admin:{desk}_changelist                 *       in    in      403      200    200    200    200   403         403       200   in
admin:{desk}_add                        POST    in    in      403      403    403    403    done  403         403       done  in
admin:{desk}_add                        *       in    in      403      403    403    403    200   403         403       200   in
admin:{desk}_change                     POST    in    in      403      403    403    403    done  403         403       done  in
admin:{desk}_change                     *       in    in      403      200    200    200    200   403         403       200   in
admin:{desk}_delete                     POST    in    in      403      403    403    403    done  403         403       done  in
admin:{desk}_delete                     *       in    in      403      403    403    403    200   403         403       200   in
admin:{desk}_history                    *       in    in      403      200    200    200    200   403         403       200   in
admin:{desk}_object                     *       in    in      302      302    302    302    302   302         302       302   in

admin:articles_binnedarticle_changelist POST    in    in      403      403    403    done   done  302         302       done  in
admin:articles_binnedarticle_changelist *       in    in      403      403    403    200    200   200         200       200   in

admin:{house}_changelist                *       in    in      403      403    403    403    200   403         403       403   in
admin:{house}_add                       POST    in    in      403      403    403    403    done  403         403       403   in
admin:{house}_add                       *       in    in      403      403    403    403    200   403         403       403   in
admin:{house}_change                    POST    in    in      403      403    403    403    done  403         403       403   in
admin:{house}_change                    *       in    in      403      403    403    403    200   403         403       403   in
admin:{house}_delete                    POST    in    in      403      403    403    403    done  403         403       403   in
admin:{house}_delete                    *       in    in      403      403    403    403    200   403         403       403   in
admin:{house}_history                   *       in    in      403      403    403    403    200   403         403       403   in
admin:{house}_object                    *       in    in      302      302    302    302    302   302         302       302   in
admin:auth_user_delete                  POST    in    in      403      403    403    403    403   403         403       403   in
admin:auth_user_delete                  *       in    in      403      403    403    403    403   403         403       403   in
admin:auth_user_second_factor           POST    in    in      403      403    403    403    done  403         403       done  in
admin:auth_user_second_factor           *       in    in      403      403    403    403    405   403         403       405   in
admin:auth_user_password_change         POST    in    in      403      403    403    403    done  403         403       done  in
admin:auth_user_password_change         *       in    in      403      403    403    403    200   403         403       200   in

admin:{log}_changelist                  *       in    in      403      403    403    403    200   403         403       403   in
admin:{log}_add                         *       in    in      403      403    403    403    403   403         403       403   in
admin:{log}_change                      POST    in    in      403      403    403    403    done  403         403       403   in
admin:{log}_change                      *       in    in      403      403    403    403    200   403         403       403   in
admin:{log}_delete                      POST    in    in      403      403    403    403    done  403         403       403   in
admin:{log}_delete                      *       in    in      403      403    403    403    200   403         403       403   in
admin:{log}_history                     *       in    in      403      403    403    403    200   403         403       403   in
admin:{log}_object                      *       in    in      302      302    302    302    302   302         302       302   in

admin:articles_importrun_changelist     *       in    in      403      200    200    200    200   403         200       200   in
admin:articles_importrun_change         POST    in    in      403      403    403    403    403   403         403       403   in
admin:articles_importrun_change         *       in    in      403      200    200    200    200   403         200       200   in
admin:articles_importrun_history        *       in    in      403      200    200    200    200   403         200       200   in
admin:articles_importrun_object         *       in    in      302      302    302    302    302   302         302       302   in
admin:articles_importrun_add            *       in    in      403      403    403    403    403   403         403       403   in
admin:articles_importrun_delete         *       in    in      403      403    403    403    403   403         403       403   in
admin:articles_redaction_changelist     *       in    in      403      200    200    200    200   403         403       200   in
admin:articles_redaction_change         POST    in    in      403      403    403    403    403   403         403       403   in
admin:articles_redaction_change         *       in    in      403      200    200    200    200   403         403       200   in
admin:articles_redaction_history        *       in    in      403      200    200    200    200   403         403       200   in
admin:articles_redaction_object         *       in    in      302      302    302    302    302   302         302       302   in
admin:articles_redaction_add            *       in    in      403      403    403    403    403   403         403       403   in
admin:articles_redaction_delete         *       in    in      403      403    403    403    403   403         403       403   in
admin:articles_auditentry_changelist    *       in    in      403      200    200    200    200   403         403       200   in
admin:articles_auditentry_change        POST    in    in      403      403    403    403    403   403         403       403   in
admin:articles_auditentry_change        *       in    in      403      200    200    200    200   403         403       200   in
admin:articles_auditentry_history       *       in    in      403      200    200    200    200   403         403       200   in
admin:articles_auditentry_object        *       in    in      302      302    302    302    302   302         302       302   in
admin:articles_auditentry_add           *       in    in      403      403    403    403    403   403         403       403   in
admin:articles_auditentry_delete        *       in    in      403      403    403    403    403   403         403       403   in
admin:articles_tag_add                  POST    in    in      403      403    done   done   done  done        done      done  in
admin:articles_tag_add                  *       in    in      403      403    200    200    200   200         200       200   in
admin:redirects_redirect_changelist     *       in    in      403      403    403    403    200   403         403       200   in
admin:redirects_redirect_add            POST    in    in      403      403    403    403    done  403         403       done  in
admin:redirects_redirect_add            *       in    in      403      403    403    403    200   403         403       200   in
admin:redirects_redirect_change         POST    in    in      403      403    403    403    done  403         403       done  in
admin:redirects_redirect_change         *       in    in      403      403    403    403    200   403         403       200   in
admin:redirects_redirect_delete         POST    in    in      403      403    403    403    done  403         403       done  in
admin:redirects_redirect_delete         *       in    in      403      403    403    403    200   403         403       200   in
admin:redirects_redirect_history        *       in    in      403      403    403    403    200   403         403       200   in
admin:redirects_redirect_object         *       in    in      302      302    302    302    302   302         302       302   in
admin:auth_group_changelist             *       in    in      403      403    403    403    200   403         403       200   in
admin:auth_group_add                    POST    in    in      403      403    403    403    done  403         403       403   in
admin:auth_group_add                    *       in    in      403      403    403    403    200   403         403       403   in
admin:auth_group_change                 POST    in    in      403      403    403    403    done  403         403       403   in
admin:auth_group_change                 *       in    in      403      403    403    403    200   403         403       200   in
admin:auth_group_delete                 POST    in    in      403      403    403    403    done  403         403       403   in
admin:auth_group_delete                 *       in    in      403      403    403    403    200   403         403       403   in
admin:auth_group_history                *       in    in      403      403    403    403    200   403         403       200   in
admin:auth_group_object                 *       in    in      302      302    302    302    302   302         302       302   in
admin:auth_user_changelist              *       in    in      403      403    403    403    200   403         403       200   in
admin:auth_user_add                     POST    in    in      403      403    403    403    done  403         403       done  in
admin:auth_user_add                     *       in    in      403      403    403    403    200   403         403       200   in
admin:auth_user_change                  POST    in    in      403      403    403    403    done  403         403       done  in
admin:auth_user_change                  *       in    in      403      403    403    403    200   403         403       200   in
admin:auth_user_history                 *       in    in      403      403    403    403    200   403         403       200   in
admin:auth_user_object                  *       in    in      302      302    302    302    302   302         302       302   in
"""

# The pages of one story, for each of its states. The draft waits for review and the withheld one is
# approved; all are somebody else's, and there are notes on each. No other story fits beside
# them: `related` offers nothing to choose, and so stores nothing.
STORY = """
page           method  anon  account norights viewer writer editor super contributor elsewhere admin left
preview        *       in    in      403      200    200    200    200   404         404       200   in
presence       POST    in    in      403      403    200!   200!   200!  404         404       200!  in
presence       *       in    in      405      405    405    405    405   405         405       405   in
share          POST    in    in      403      403    403    200!   200!  404         404       200!  in
share          *       in    in      403      403    403    200    200   404         404       200   in
redact         *       in    in      403      403    403    403    200   404         404       200   in
related        POST    in    in      403      403    302    302    302   404         404       302   in
related        *       in    in      403      403    200    200    200   404         404       200   in
publish        *       in    in      403      403    403    state  state 404         404       state in
schedule       *       in    in      403      403    403    state  state 404         404       state in
correct        *       in    in      403      403    403    state  state 404         404       state in
unschedule     *       in    in      403      403    403    state  state 404         404       state in
withdraw       *       in    in      403      403    403    state  state 404         404       state in
address        *       in    in      403      403    403    state  state 404         404       state in
submit         *       in    in      403      403    state  state  state 404         404       state in
approve        *       in    in      403      403    403    state  state 404         404       state in
sendback       *       in    in      403      403    403    state  state 404         404       state in
assign         POST    in    in      403      403    done   done   done  404         404       done  in
assign         *       in    in      403      403    200    200    200   404         404       200   in
note           POST    in    in      403      403    done   done   done  404         404       done  in
note           *       in    in      403      403    200    200    200   404         404       200   in
history        *       in    in      403      200    200    200    200   404         404       200   in
compare        *       in    in      403      200    200    200    200   404         404       200   in
restore        POST    in    in      403      403    302    302    302   404         404       302   in
restore        *       in    in      403      403    200    200    200   404         404       200   in
merge          *       in    in      403      403    302    302    302   404         404       302   in
object         *       in    in      302      302    302    302    302   302         302       302   in
delete         *       in    in      403      403    403    state  state 302         302       state in
change         POST    in    in      403      403    done   done   done  302         302       done  in
change         *       in    in      403      200    200    200    200   302         302       200   in
change+publish POST    in    in      403      403    403    done   done  302         302       done  in
"""

# The same pages of a story that lies in the bin.
BINNED = """
page     method  anon  account norights viewer writer editor super contributor elsewhere admin left
delete   *       in    in      403      403    403    302    302   302         302       302   in
object   *       in    in      302      302    302    302    302   302         302       302   in
change   POST    in    in      403      403    302    302    302   302         302       302   in
change   *       in    in      403      302    302    302    302   302         302       302   in
presence POST    in    in      403      403    404    404    404   404         404       404   in
presence *       in    in      405      405    405    405    405   405         405       405   in
preview  *       in    in      403      404    404    404    404   404         404       404   in
{act}    *       in    in      403      404    404    404    404   404         404       404   in
{save}   *       in    in      403      404    404    404    404   404         404       404   in
share    *       in    in      403      404    404    404    404   404         404       404   in
related  *       in    in      403      404    404    404    404   404         404       404   in
redact   *       in    in      403      404    404    404    404   404         404       404   in
"""

# Those who may: what becomes of it.
STATES = """
page       method draft withheld scheduled embargoed unscheduled live changed pending withdrawn
publish    POST   done  done     done      200       done        200  done    done    done
publish    *      200   200      200       200       200         200  200     200     200
schedule   POST   done  done     done      done      done        200  done    done    done
schedule   *      200   200      200       200       200         200  200     200     200
correct    POST   302   302      302       302       302         done done    done    302
correct    *      302   302      302       302       302         200  200     200     302
unschedule POST   302   302      done      done      302         302  302     done    302
unschedule *      302   302      200       200       302         302  302     200     302
withdraw   POST   302   302      302       302       302         done done    done    302
withdraw   *      302   302      302       302       302         200  200     200     302
address    POST   302   302      done      done      done        done done    done    done
address    *      302   302      200       200       200         200  200     200     200
submit     POST   302   302      done      done      done        done done    done    done
submit     *      302   302      200       200       200         200  200     200     200
approve    POST   done  302      done      done      done        done done    done    done
approve    *      200   302      200       200       200         200  200     200     200
sendback   POST   done  done     302       302       302         302  302     302     302
sendback   *      200   200      302       302       302         302  302     302     302
delete     POST   done  done     302       302       302         302  302     302     302
delete     *      200   200      302       302       302         302  302     302     302
"""

# Readers' pages answer everybody alike: whoever is logged in gets the very same bytes. (But of a
# picture whose rights are over, and of what is attached to a draft: see test_picture_rights and
# test_attachments. The addresses below are nobody's.) GET and HEAD as below, everything else 405.
SITE = """
page           method  answer
front          GET     200
archive        GET     200
archive-month  GET     200
archive-day    GET     200
corrections    GET     200
search         GET     200
suggest        GET     200
recent         GET     200
shared         GET     404
shared-file    GET     404
feed           GET     200
feed+atom      GET     200
feed+json      GET     200
oembed         GET     404
logo           GET     200
social         GET     200
security       GET     404
sitemap        GET     200
sitemap-day    GET     200
sitemap-part   GET     200
sitemap-places GET     200
news-sitemap   GET     200
robots         GET     200
offline        GET     200
service-worker GET     200
health-live    GET     200
health-ready   GET     200!
limited        GET     404
attached       GET     404
"""

# The page of a story, and of the tag, author and category that no other story has.
READERS = """
page          method draft withheld scheduled embargoed unscheduled live changed pending withdrawn
article       GET    404   404      404       404       404         200  200     200     410
tag           GET    404   404      404       404       404         200  200     200     404
author        GET    404   404      404       404       404         200  200     200     404
category      GET    404   404      404       404       404         200  200     200     404
{feed}        GET    404   404      404       404       404         200  200     200     404
oembed+story  GET    404   404      404       404       404         200  200     200     404
"""

# Of a category, a tag, an author; each is written in three ways.
FEEDS = {
    "feed": " ".join(
        f"{of}-feed{kind}"
        for of in ("category", "tag", "author")
        for kind in ("", "+atom", "+json")
    )
}
